// --- a value that begins with a dash is an option
package main

import (
	"context"
	"net/http"
	"os/exec"
)

func clone(w http.ResponseWriter, r *http.Request) {
	out, err := exec.Command("git", "clone", r.FormValue("url"), "/srv/work").CombinedOutput() // ! medium argument-injection
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	_ = out
}

func logs(ctx context.Context, w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	exec.CommandContext(ctx, "docker", "run", "--rm", name).Run() // ! medium argument-injection
}

// --- the list is made first
package main

import (
	"net/http"
	"os/exec"
	"path/filepath"
)

func show(w http.ResponseWriter, r *http.Request) {
	args := []string{"-C", "/srv/work", "log", r.FormValue("ref")}
	exec.Command("git", args...).Run() // ! medium argument-injection
	exec.Command("tar", "-x", "-f", "a.tar", filepath.Join(r.FormValue("dir"), "a")).Run() // ! medium argument-injection
}

// --- the command has no option that does anything, and a name in a folder begins with the folder
package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
)

func head(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("git", "symbolic-ref", "HEAD", r.FormValue("ref"))
	cmd.Dir = "/srv/work"
	cmd.Run()
	exec.Command("git", "-C", "/srv/work", "update-ref", r.FormValue("ref"), "HEAD").Run()
	exec.Command("docker", "logs", r.FormValue("name")).Run()
	exec.Command("tar", "-x", "-f", "a.tar", filepath.Join(os.Getenv("FOLDER"), r.FormValue("dir"))).Run()
}

// --- behind two dashes, behind a text of one's own, refused, a number
package main

import (
	"net/http"
	"os/exec"
	"strconv"
	"strings"
)

func clone(w http.ResponseWriter, r *http.Request) {
	exec.Command("git", "clone", "--", r.FormValue("url"), "/srv/work").Run()
	exec.Command("git", "clone", "https://git.example.com/"+r.FormValue("path")).Run()
	exec.Command("convert", "-resize="+r.FormValue("size"), "a.png", "b.png").Run()
}

func show(w http.ResponseWriter, r *http.Request) {
	ref := r.FormValue("ref")
	if strings.HasPrefix(ref, "-") {
		http.Error(w, "bad ref", http.StatusBadRequest)
		return
	}
	exec.Command("git", "show", ref).Run()
}

// What stands behind `--table` is its value, whatever it begins with.
func dump(w http.ResponseWriter, r *http.Request) {
	options := []string{"--no-owner", "--clean"}
	options = append(options, "--table", r.FormValue("table"))
	exec.Command("pg_dump", options...).Run()
}

func tail(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err != nil {
		http.Error(w, "bad number", http.StatusBadRequest)
		return
	}
	exec.Command("tail", "-n", strconv.Itoa(n), "/var/log/app.log").Run()
}
