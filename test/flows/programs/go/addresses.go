// --- A query that a method puts together, call by call.
package main

import (
	"database/sql"
	"net/http"
	"strings"
)

type query struct {
	sb   strings.Builder
	args []any
}

func (q *query) add(part string, args ...any) *query {
	q.sb.WriteString(part)
	q.args = append(q.args, args...)
	return q
}

func list(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	q := &query{}
	q.add("SELECT id FROM items WHERE owner = $1", r.FormValue("owner")).add(" ORDER BY " + r.FormValue("by")) // ! critical sql-injection
	rows, _ := db.Query(q.sb.String(), q.args...)
	rows.Close()
}

// --- Only what is bound comes from outside.
package main

import (
	"database/sql"
	"net/http"
	"strings"
)

type query struct {
	sb   strings.Builder
	args []any
}

func (q *query) add(part string, args ...any) *query {
	q.sb.WriteString(part)
	q.args = append(q.args, args...)
	return q
}

func list(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	q := &query{}
	q.add("SELECT id FROM items WHERE owner = $1", r.FormValue("owner")).add(" ORDER BY id")
	rows, _ := db.Query(q.sb.String(), q.args...)
	rows.Close()
}

// --- A helper writes to what it is given.
package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"net/http"
)

func clause(w io.Writer, column string) {
	fmt.Fprintf(w, " ORDER BY %s", column) // ! critical sql-injection
}

func list(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	b.WriteString("SELECT id FROM items")
	clause(&b, r.FormValue("by"))
	rows, _ := db.Query(b.String())
	rows.Close()
}

// --- A method fills a field of what it is called on, another one a map.
package main

import (
	"net/http"
	"os"
	"os/exec"
)

type options struct{ name string }

func (o *options) read(r *http.Request) { o.name = r.FormValue("name") }

func collect(into map[string]string, r *http.Request) { into["host"] = r.FormValue("host") }

func show(w http.ResponseWriter, r *http.Request) {
	o := &options{}
	o.read(r)
	data, _ := os.ReadFile("/srv/" + o.name) // ! high path-traversal
	w.Write(data)
	given := map[string]string{}
	collect(given, r)
	exec.Command("sh", "-c", "ping -c1 "+given["host"]).Run() // ! critical command-injection
}

// --- A method whose receiver is a copy leaves nothing behind; one that cleans does.
package main

import (
	"net/http"
	"os"
	"path/filepath"
)

type options struct{ name string }

func (o options) read(r *http.Request) { o.name = r.FormValue("name") }

func (o *options) clean() { o.name = filepath.Base(o.name) }

func show(w http.ResponseWriter, r *http.Request) {
	var o options
	o.read(r)
	data, _ := os.ReadFile("/srv/" + o.name)
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
	p := options{name: r.FormValue("name")}
	p.clean()
	more, _ := os.ReadFile("/srv/" + p.name)
	w.Write(more)
}

// --- A name that is given something else leaves what the caller has as it was.
package main

import (
	"database/sql"
	"net/http"
)

type query struct{ text string }

func explain(q *query, text string) {
	q = &query{text: text}
	show(q)
}

func note(text *string, more string) {
	text = &more
	show(text)
}

func keep(all map[string]string, text string) {
	all = map[string]string{"first": text}
	show(all)
}

func walk(q *query, text string) {
	for q != nil {
		q = next(q, text)
	}
}

func next(q *query, text string) *query { return &query{text: text} }

func list(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	q := &query{text: "SELECT id FROM items"}
	explain(q, r.FormValue("by"))
	walk(q, r.FormValue("by"))
	db.Query(q.text)
	text := "SELECT id FROM items"
	note(&text, r.FormValue("by"))
	db.Query(text)
	all := map[string]string{"first": "SELECT id FROM items"}
	keep(all, r.FormValue("by"))
	db.Query(all["first"])
}

// --- … and so it does where it held something from outside, or where the function leaves before.
package main

import (
	"database/sql"
	"net/http"
)

type query struct{ text string }

func clear(q *query) {
	q = &query{}
	show(q)
}

func reset(q *query, isOld bool) {
	if !isOld {
		return
	}
	q.text = "SELECT id FROM items"
}

func list(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	q := &query{text: r.FormValue("by")}
	clear(q)
	db.Query(q.text) // ! critical sql-injection
}

func other(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	q := &query{text: r.FormValue("by")}
	reset(q, r.Method == "PUT")
	db.Query(q.text) // ! critical sql-injection
}

// --- What a function does not set stays as it was.
package main

import (
	"database/sql"
	"net/http"
	"strings"
)

type filter struct{ by, order string }

func byDefault(f *filter) { f.order = "id" }

func trim(text *string) { *text = strings.TrimSpace(*text) }

func open(f *filter, by string) {
	if f == nil {
		f = &filter{}
	}
	f.by = by
}

func list(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	f := &filter{by: r.FormValue("by"), order: r.FormValue("order")}
	byDefault(f)
	db.Query("SELECT id FROM items ORDER BY " + f.order)
	db.Query("SELECT id FROM items ORDER BY " + f.by) // ! critical sql-injection
}

func other(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	by := r.FormValue("by")
	trim(&by)
	db.Query("SELECT id FROM items ORDER BY " + by) // ! critical sql-injection
}

func third(db *sql.DB, w http.ResponseWriter, r *http.Request) {
	f := &filter{}
	open(f, r.FormValue("by"))
	db.Query("SELECT id FROM items ORDER BY " + f.by) // ! critical sql-injection
}
