// --- a database of the package that is opened elsewhere: its methods are known all the same
package main

import (
	"net/http"

	"gorm.io/gorm"
)

var db *gorm.DB

func list(w http.ResponseWriter, r *http.Request) {
	var found []string
	db.Where("name = '" + r.FormValue("name") + "'").Find(&found) // ! critical sql-injection
	db.Where("name = ?", r.FormValue("name")).Find(&found)
	db.Order(r.FormValue("sort")).Find(&found) // ! critical sql-injection
}

// --- what a function sets that was written beside it, and options that are functions
package main

import (
	"database/sql"
	"net/http"
)

var last string

func keep(name string) { last = name }

type query struct{ name, kind string }

type option func(*query)

func withName(name string) option { return func(q *query) { q.name = name } }

func withKind(kind string) option { return func(q *query) { q.kind = kind } }

func newQuery(options ...option) *query {
	q := &query{}
	for _, one := range options {
		one(q)
	}
	return q
}

func give(name string) func() string { return func() string { return name } }

func each(name string, call func(string)) { call(name) }

func handle(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var name string
		set := func(s string) { name = s }
		set(r.FormValue("name"))
		db.Query("SELECT id FROM t WHERE name = '" + name + "'") // ! critical sql-injection
		q := newQuery(withName(r.FormValue("name")), withKind("a"))
		db.Query("SELECT id FROM t WHERE name = '" + q.name + "'") // ! critical sql-injection
		made := give(r.FormValue("name"))
		db.Query("SELECT id FROM t WHERE name = '" + made() + "'") // ! critical sql-injection
		var other string
		each(r.FormValue("name"), func(s string) { other = s })
		db.Query("SELECT id FROM t WHERE name = '" + other + "'") // ! critical sql-injection
		var fixed string
		put := func(s string) { fixed = "a" }
		put(r.FormValue("name"))
		db.Query("SELECT id FROM t WHERE name = '" + fixed + "'")
		always := give("a")
		db.Query("SELECT id FROM t WHERE name = '" + always() + "'")
		keep(r.FormValue("name"))
		db.Query("SELECT id FROM t WHERE name = '" + last + "'") // ! critical sql-injection
	}
}

// --- a message of a socket, a value that is kept, a replacer, a statement that a template writes
package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"text/template"

	"github.com/gorilla/websocket"
)

var upgrader websocket.Upgrader
var statement = template.Must(template.New("q").Parse("SELECT id FROM t WHERE name = '{{.}}'"))

func handle(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		_, message, err := conn.ReadMessage()
		if err != nil {
			return
		}
		db.Query("SELECT id FROM t WHERE name = '" + string(message) + "'") // ! critical sql-injection
		var kept atomic.Value
		kept.Store(r.FormValue("name"))
		db.Query("SELECT id FROM t WHERE name = '" + kept.Load().(string) + "'") // ! critical sql-injection
		db.Query("SELECT id FROM t WHERE name = '" + strings.NewReplacer(" ", "").Replace(r.FormValue("name")) + "'") // ! critical sql-injection
		db.Query("SELECT id FROM t WHERE name = '" + strings.NewReplacer("'", "''").Replace(r.FormValue("name")) + "'")
		var text strings.Builder
		statement.Execute(&text, r.FormValue("name")) // ! critical sql-injection
		db.Query(text.String())
		fmt.Fprintln(w, "done")
	}
}

// --- builders of other libraries: a text that is put together, and one with its values behind it
package main

import (
	"net/http"

	"github.com/doug-martin/goqu/v9"
	"github.com/go-pg/pg/v10"
	"xorm.io/xorm"
)

func handle(engine *xorm.Engine, db *pg.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var rows []string
		name := r.FormValue("name")
		engine.Where("name = '" + name + "'").Find(&rows) // ! critical sql-injection
		engine.Where("name = ?", name).Find(&rows)
		engine.SQL("SELECT * FROM t WHERE name = '" + name + "'").Find(&rows) // ! critical sql-injection
		db.Model(&rows).Where("name = '" + name + "'").Select() // ! critical sql-injection
		db.Model(&rows).Where("name = ?", name).Select()
		goqu.From("t").Where(goqu.L("name = '" + name + "'")) // ! critical sql-injection
		goqu.From("t").Where(goqu.L("name = ?", name))
		goqu.From("t").Where(goqu.C("name").Eq(name))
	}
}
