// --- a pattern of the route lets through digits alone
package a

import (
	"database/sql"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
)

var db *sql.DB

func order(w http.ResponseWriter, r *http.Request) {
	db.Exec("DELETE FROM orders WHERE id = " + chi.URLParam(r, "order"))
}

func user(w http.ResponseWriter, r *http.Request) {
	vars := mux.Vars(r)
	db.Exec("DELETE FROM users WHERE id = " + vars["user"])
}

func slug(w http.ResponseWriter, r *http.Request) {
	db.Exec("DELETE FROM posts WHERE slug = '" + chi.URLParam(r, "slug") + "'") // ! critical sql-injection
}

func anything(w http.ResponseWriter, r *http.Request) {
	db.Exec("DELETE FROM files WHERE path = '" + mux.Vars(r)["rest"] + "'") // ! critical sql-injection
}

func routes() {
	r := chi.NewRouter()
	r.Delete("/orders/{order:[0-9]+}", order)
	r.Delete("/posts/{slug}", slug)
	m := mux.NewRouter()
	m.HandleFunc("/users/{user:\\d{1,9}}", user)
	m.HandleFunc("/files/{rest:.*}", anything)
}

// --- one of two routes lets through anything
package a

import (
	"database/sql"
	"net/http"

	"github.com/gorilla/mux"
)

var db *sql.DB

func user(w http.ResponseWriter, r *http.Request) {
	db.Exec("DELETE FROM users WHERE id = " + mux.Vars(r)["id"]) // ! critical sql-injection
}

func routes() {
	m := mux.NewRouter()
	m.HandleFunc("/users/{id:[0-9]+}", user)
	m.HandleFunc("/people/{id}", user)
}

// --- new of a value
package a

import (
	"database/sql"
	"net/http"
)

func find(db *sql.DB, r *http.Request) {
	name := new(r.FormValue("name"))
	db.Exec("DELETE FROM users WHERE name = '" + *name + "'") // ! critical sql-injection
	city := r.FormValue("city")
	copied := new(city)
	db.Exec("DELETE FROM users WHERE city = '" + *copied + "'") // ! critical sql-injection
	none := new(string)
	db.Exec("DELETE FROM users WHERE city = '" + *none + "'")
}

// --- names between quotes that are doubled
package a

import (
	"database/sql"
	"net/http"
	"strings"
)

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func create(db *sql.DB, r *http.Request) {
	db.Exec("CREATE SCHEMA " + quote(r.FormValue("name")))
}

// --- a pattern of fiber that is looked for anywhere in the part, and a route below another one
package a

import (
	"database/sql"

	"github.com/gofiber/fiber/v2"
)

var db *sql.DB

func byCode(c *fiber.Ctx) error {
	_, err := db.Exec("DELETE FROM orders WHERE code = " + c.Params("code")) // ! critical sql-injection
	return err
}

func byNumber(c *fiber.Ctx) error {
	_, err := db.Exec("DELETE FROM orders WHERE number = " + c.Params("number"))
	return err
}

func byId(c *fiber.Ctx) error {
	_, err := db.Exec("DELETE FROM orders WHERE id = " + c.Params("id")) // ! critical sql-injection
	return err
}

func routes(app *fiber.App) {
	app.Delete("/orders/:code<regex(\\d+)>", byCode)
	app.Delete("/numbers/:number<regex(^\\d+$)>", byNumber)
	app.Delete("/orders/:id<int>", byId)
	app.Group("/users").Delete(":id", byId)
}
