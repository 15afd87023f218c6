// --- an if whose test always holds
package main

import (
	"net/http"
	"os/exec"
)

func a(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("name")
	num := 86
	bar := param
	if 7*42-num > 200 {
		bar = "always"
	}
	exec.Command("sh", "-c", "echo "+bar).Run()
}

// --- an if whose test never holds
package main

import (
	"net/http"
	"os/exec"
)

func a(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("name")
	num := 106
	bar := param
	if 7*42-num > 200 {
		bar = "always"
	}
	exec.Command("sh", "-c", "echo "+bar).Run() // ! critical command-injection
}

// --- a switch over a constant
package main

import (
	"net/http"
	"os/exec"
)

func a(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("name")
	guess := "B"
	bar := "x"
	switch guess {
	case "A":
		bar = param
	case "B":
		bar = "bob"
	}
	exec.Command("sh", "-c", "echo "+bar).Run()
}

// --- keys of a map
package main

import (
	"net/http"
	"os/exec"
)

func a(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("name")
	values := map[string]string{}
	values["a"] = "a"
	values["b"] = param
	exec.Command("sh", "-c", "echo "+values["a"]).Run()
	exec.Command("sh", "-c", "echo "+values["b"]).Run() // ! critical command-injection
}
