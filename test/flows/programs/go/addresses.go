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
