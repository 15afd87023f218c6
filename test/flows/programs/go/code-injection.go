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

// --- a script of Redis with a part of the request
package main

import (
	"net/http"

	"github.com/gomodule/redigo/redis"
	goredis "github.com/redis/go-redis/v9"
)

type server struct {
	rdb  *goredis.Client
	pool *redis.Pool
}

func (s *server) count(w http.ResponseWriter, r *http.Request) {
	s.rdb.Eval(r.Context(), "return redis.call('get', '"+r.FormValue("key")+"')", nil) // ! critical code-injection
	conn := s.pool.Get()
	defer conn.Close()
	conn.Do("EVAL", "return redis.call('incr', '"+r.FormValue("key")+"')", 0) // ! critical code-injection
}

// --- keys and arguments of a script of Redis are values
package main

import (
	"net/http"

	"github.com/redis/go-redis/v9"
)

var script = redis.NewScript(`return redis.call("get", KEYS[1])`)

func count(rdb *redis.Client) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		rdb.Eval(r.Context(), `return redis.call("get", KEYS[1])`, []string{r.FormValue("key")})
		script.Run(r.Context(), rdb, []string{r.FormValue("key")}, r.FormValue("more"))
		rdb.Set(r.Context(), r.FormValue("key"), r.FormValue("value"), 0)
	}
}
