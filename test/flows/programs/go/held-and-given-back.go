// --- what one case of a select has received
package main

import (
	"database/sql"
	"net/http"
	"time"
)

var db *sql.DB

func view(w http.ResponseWriter, r *http.Request) {
	names := make(chan string, 1)
	names <- r.FormValue("name")
	name := ""
	select {
	case one := <-names:
		name = one
	case <-time.After(time.Second):
		name = "late"
	}
	db.Exec("DELETE FROM users WHERE name = '" + name + "'") // ! critical sql-injection
}

func main() {
	http.HandleFunc("/x", view)
	http.ListenAndServe("127.0.0.1:8080", nil)
}

// --- a loop without a condition is gone through at least once
package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func fixed(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	for {
		name = "x"
		break
	}
	db.Exec("DELETE FROM users WHERE name = '" + name + "'")
}

func perhaps(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	for {
		if len(name) > 3 {
			break
		}
		name = "x"
		break
	}
	db.Exec("DELETE FROM users WHERE name = '" + name + "'") // ! critical sql-injection
}

func counted(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	for range len(r.Form) {
		name = "x"
	}
	db.Exec("DELETE FROM users WHERE name = '" + name + "'") // ! critical sql-injection
}

func main() {
	http.HandleFunc("/f", fixed)
	http.HandleFunc("/p", perhaps)
	http.HandleFunc("/c", counted)
	http.ListenAndServe("127.0.0.1:8080", nil)
}

// --- a text that is begun anew, and a list the other way round
package main

import (
	"bytes"
	"database/sql"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

var db *sql.DB

func begun(w http.ResponseWriter, r *http.Request) {
	var text strings.Builder
	text.WriteString("DELETE FROM a WHERE name = '" + r.FormValue("name") + "'") // ! critical sql-injection
	first := text.String()
	text.Reset()
	text.WriteString("DELETE FROM b")
	db.Exec(text.String())
	db.Exec(first)
	var buffer bytes.Buffer
	buffer.Reset()
	buffer.WriteString("DELETE FROM a WHERE name = '" + r.FormValue("name") + "'") // ! critical sql-injection
	db.Exec(buffer.String())
}

func turned(w http.ResponseWriter, r *http.Request) {
	names := []string{"a", r.FormValue("name")}
	slices.Reverse(names)
	db.Exec("DELETE FROM a WHERE name = '" + names[1] + "'")
	db.Exec("DELETE FROM a WHERE name = '" + names[0] + "'") // ! critical sql-injection
}

func keyed(w http.ResponseWriter, r *http.Request) {
	sent := url.Values{}
	sent.Set("kind", "x")
	sent.Add("name", r.FormValue("name"))
	db.Exec("DELETE FROM a WHERE name = '" + sent.Get("kind") + "'")
	db.Exec("DELETE FROM a WHERE name = '" + sent.Get("name") + "'") // ! critical sql-injection
	query := r.URL.Query()
	query.Set("kind", "x")
	db.Exec("DELETE FROM a WHERE name = '" + query.Get("kind") + "'")
	db.Exec("DELETE FROM a WHERE name = '" + query.Get("other") + "'") // ! critical sql-injection
	names := maps.Clone(map[string]string{"a": "x", "b": r.FormValue("name")})
	db.Exec("DELETE FROM a WHERE name = '" + names["a"] + "'")
	db.Exec("DELETE FROM a WHERE name = '" + names["b"] + "'") // ! critical sql-injection
}

func main() {
	http.HandleFunc("/b", begun)
	http.HandleFunc("/t", turned)
	http.HandleFunc("/k", keyed)
	http.ListenAndServe("127.0.0.1:8080", nil)
}

// --- what a function that stands there sets around it
package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func always(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	func() { name = "x" }()
	db.Exec("DELETE FROM a WHERE name = '" + name + "'")
	other := r.FormValue("other")
	reset := func() { other = "x" }
	reset()
	db.Exec("DELETE FROM a WHERE name = '" + other + "'")
}

func perhaps(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	func() {
		if len(name) > 3 {
			return
		}
		name = "x"
	}()
	db.Exec("DELETE FROM a WHERE name = '" + name + "'") // ! critical sql-injection
	other := r.FormValue("other")
	reset := func() { other = "x" }
	if len(name) > 4 {
		reset()
	}
	db.Exec("DELETE FROM a WHERE name = '" + other + "'") // ! critical sql-injection
}

func apart(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	go func() { name = "x" }()
	db.Exec("DELETE FROM a WHERE name = '" + name + "'") // ! critical sql-injection
}

func main() {
	http.HandleFunc("/a", always)
	http.HandleFunc("/p", perhaps)
	http.HandleFunc("/g", apart)
	http.ListenAndServe("127.0.0.1:8080", nil)
}
