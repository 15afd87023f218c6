// --- interpreters
package main

import (
	"net/http"

	"github.com/dop251/goja"
	"github.com/robertkrimen/otto"
	"github.com/traefik/yaegi/interp"
	lua "github.com/yuin/gopher-lua"
)

func run(w http.ResponseWriter, r *http.Request) {
	vm := goja.New()
	vm.RunString(r.FormValue("script")) // ! critical code-injection
	vm.RunString("1 + 1")
	vm.Set("input", r.FormValue("input"))
	o := otto.New()
	o.Run("f('" + r.FormValue("x") + "')") // ! critical code-injection
	i := interp.New(interp.Options{})
	i.Eval(r.FormValue("go")) // ! critical code-injection
	l := lua.NewState()
	defer l.Close()
	l.DoString(r.FormValue("lua")) // ! critical code-injection
	l.DoString(`print("hello")`)
}
