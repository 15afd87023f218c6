// --- reading files of a request
package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"encoding/json"
)

type Req struct { Name string; Size int }
type Store struct { base string }
type Loader interface { Load(name string) ([]byte, error) }

func (s *Store) Load(name string) ([]byte, error) { return os.ReadFile(filepath.Join(s.base, name)) } // ! high path-traversal, high path-traversal

func handler(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	b, err := os.ReadFile("/data/" + name) // ! high path-traversal
	if err != nil { http.Error(w, err.Error(), 500); return }
	w.Write(b)
	var body Req
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil { return }
	exec.Command("sh", "-c", fmt.Sprintf("ls %s", body.Name)).Run() // ! critical command-injection
	exec.Command("sh", "-c", fmt.Sprintf("ls %d", body.Size)).Run()
	exec.Command("ls", body.Name).Run()
	s := &Store{base: "/x"}
	s.Load(r.FormValue("q"))
	var l Loader = s
	l.Load(r.FormValue("z"))
	if strings.Contains(name, "..") { return }
	os.Open("/data/" + name)
}

func main() { http.HandleFunc("/x", handler) }
