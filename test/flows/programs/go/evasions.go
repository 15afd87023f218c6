// --- ways that a value takes
package a

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"sync"
)

type Runner interface{ Run(command string) }
type shell struct{ prefix string }

func (s shell) Run(command string) { exec.Command("sh", "-c", s.prefix+command).Run() }

type base struct{ name string }

func (b *base) command() string { return "cat " + b.name } // ! critical command-injection

type job struct {
	*base
	extra string
}
type key struct{}
func first[T any](all []T) T { return all[0] }
func pair(name string) (out string, err error) { out = "cat " + name; return } // ! critical command-injection
func collect(all ...string) string { return strings.Join(all, " ") } // ! critical command-injection

func a1(w http.ResponseWriter, r *http.Request) {
	var runner Runner = shell{}
	runner.Run("cat " + r.FormValue("name")) // ! critical command-injection
}
func a2(w http.ResponseWriter, r *http.Request) {
	j := job{base: &base{name: r.FormValue("name")}}
	exec.Command("sh", "-c", j.command()).Run()
}
func a3(w http.ResponseWriter, r *http.Request) {
	exec.Command("sh", "-c", "cat "+first([]string{r.FormValue("name")})).Run() // ! critical command-injection
}
func a4(w http.ResponseWriter, r *http.Request) {
	command, _ := pair(r.FormValue("name"))
	exec.Command("sh", "-c", command).Run()
}
func a5(w http.ResponseWriter, r *http.Request) {
	names := make(chan string, 1)
	names <- r.FormValue("name")
	exec.Command("sh", "-c", "cat "+<-names).Run() // ! critical command-injection
}
func a6(w http.ResponseWriter, r *http.Request) {
	names := make(chan string)
	go func() { names <- r.FormValue("name"); close(names) }()
	for name := range names {
		exec.Command("sh", "-c", "cat "+name).Run() // ! critical command-injection
	}
}
func a7(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithValue(r.Context(), key{}, r.FormValue("name"))
	name := ctx.Value(key{}).(string)
	exec.Command("sh", "-c", "cat "+name).Run() // ! critical command-injection
}
func a9(w http.ResponseWriter, r *http.Request) {
	exec.Command("sh", "-c", collect("cat", r.FormValue("name"))).Run()
}
func a10(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	b.WriteString("cat ")
	fmt.Fprintf(&b, "%s", r.FormValue("name")) // ! critical command-injection
	exec.Command("sh", "-c", b.String()).Run()
}
func a11(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	b.Write([]byte(r.FormValue("name"))) // ! critical command-injection
	exec.Command("sh", "-c", b.String()).Run()
}
func a12(w http.ResponseWriter, r *http.Request) {
	var any interface{} = r.FormValue("name")
	switch v := any.(type) {
	case string:
		exec.Command("sh", "-c", v).Run() // ! critical command-injection
	}
}
func a13(w http.ResponseWriter, r *http.Request) {
	m := map[string]string{}
	m["name"] = r.FormValue("name")
	if v, ok := m["name"]; ok {
		exec.Command("sh", "-c", "cat "+v).Run() // ! critical command-injection
	}
}
func a14(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	p := &name
	exec.Command("sh", "-c", "cat "+*p).Run() // ! critical command-injection
}
func a15(w http.ResponseWriter, r *http.Request) {
	run := func(c string) { exec.Command("sh", "-c", c).Run() }
	defer run("cat " + r.FormValue("name")) // ! critical command-injection
}
func a16(w http.ResponseWriter, r *http.Request) {
	args := []string{"-c"}
	args = append(args, "cat "+r.FormValue("name")) // ! critical command-injection
	exec.Command("sh", args...).Run()
}
func a19(w http.ResponseWriter, r *http.Request) {
	var once sync.Once
	once.Do(func() { exec.Command("sh", "-c", r.FormValue("name")).Run() }) // ! critical command-injection
}
func a20(w http.ResponseWriter, r *http.Request) {
	var pool sync.Map
	pool.Store("name", r.FormValue("name"))
	v, _ := pool.Load("name")
	exec.Command("sh", "-c", v.(string)).Run() // ! critical command-injection
}
func a21(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	func() { exec.Command("sh", "-c", name).Run() }() // ! critical command-injection
}
func a22(w http.ResponseWriter, r *http.Request) {
	names := r.URL.Query()["name"]
	for i := range names {
		exec.Command("sh", "-c", names[i]).Run() // ! critical command-injection
	}
}
func a23(w http.ResponseWriter, r *http.Request) {
	if values, ok := r.Header["X-Name"]; ok && len(values) > 0 {
		exec.Command("sh", "-c", values[0]).Run() // ! critical command-injection
	}
}
func a24(w http.ResponseWriter, r *http.Request) {
	var f func(string) *exec.Cmd = func(c string) *exec.Cmd { return exec.Command("sh", "-c", c) } // ! critical command-injection
	f(r.FormValue("name")).Run()
}
func a25(w http.ResponseWriter, r *http.Request) {
	name := []byte(r.FormValue("name"))
	copyOf := make([]byte, len(name))
	copy(copyOf, name)
	exec.Command("sh", "-c", string(copyOf)).Run() // ! critical command-injection
}
