// --- what is decoded after its check is another text
package a

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

func a(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if strings.Contains(name, "..") {
		return
	}
	plain, err := url.QueryUnescape(name)
	if err != nil {
		return
	}
	data, _ := os.ReadFile("/data/" + plain) // ! high path-traversal
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}

func b(w http.ResponseWriter, r *http.Request) {
	name := filepath.Base(r.FormValue("name"))
	plain, _ := url.PathUnescape(name)
	data, _ := os.ReadFile("/data/" + plain) // ! high path-traversal
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}

func c(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if strings.Contains(name, "..") {
		return
	}
	plain, _ := base64.StdEncoding.DecodeString(name)
	data, _ := os.ReadFile("/data/" + string(plain)) // ! high path-traversal
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}

func d(w http.ResponseWriter, r *http.Request) {
	name, _ := url.QueryUnescape(r.FormValue("name"))
	if strings.Contains(name, "..") {
		return
	}
	data, _ := os.ReadFile("/data/" + name)
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}

// --- checks of the program that let everything through, or show less than their names say
package a

import (
	"errors"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
)

var name = regexp.MustCompile(`^[a-z0-9_]+$`)
var any = regexp.MustCompile(`^[[:print:]]+$`)

func isAllowed(s string) bool { return true }

func validate(s string) error {
	if len(s) > 100 {
		return errors.New("long")
	}
	return nil
}

func isPrintable(s string) bool { return any.MatchString(s) }

func looksFine(s string) bool {
	if s == "" {
		return false
	}
	return name.MatchString(s)
}

func mustMatch(s string) error {
	if !name.MatchString(s) {
		return errors.New("name")
	}
	return nil
}

func run(s string) { exec.Command("sh", "-c", "cat "+s).Run() }

func a(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if !isAllowed(s) {
		return
	}
	exec.Command("sh", "-c", "cat "+s).Run() // ! critical command-injection
}

func b(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if err := validate(s); err != nil {
		return
	}
	exec.Command("sh", "-c", "cat "+s).Run() // ! critical command-injection
}

func c(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if !isPrintable(s) {
		return
	}
	exec.Command("sh", "-c", "cat "+s).Run() // ! critical command-injection
}

func d(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if !looksFine(s) {
		return
	}
	exec.Command("sh", "-c", "cat "+s).Run()
}

func e(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if err := mustMatch(s); err != nil {
		return
	}
	exec.Command("sh", "-c", "cat "+s).Run()
}

func f(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if strings.Contains(s, "'") {
		return
	}
	exec.Command("sh", "-c", "cat "+s).Run() // ! critical command-injection
}

// --- what Clean has made may begin at the root
package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

func read(w http.ResponseWriter, r *http.Request) {
	name := filepath.Clean(r.URL.Query().Get("name"))
	if strings.HasPrefix(name, "..") {
		http.Error(w, "name", http.StatusBadRequest)
		return
	}
	data, err := os.ReadFile(name) // ! high path-traversal
	if err != nil {
		http.Error(w, "name", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}

func readInside(w http.ResponseWriter, r *http.Request) {
	name := filepath.Clean(r.URL.Query().Get("name"))
	if strings.HasPrefix(name, "..") {
		http.Error(w, "name", http.StatusBadRequest)
		return
	}
	data, err := os.ReadFile("/srv/files/" + name)
	if err != nil {
		http.Error(w, "name", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}
