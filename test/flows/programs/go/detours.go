// --- a switch over a byte
package main

import (
	"net/http"
	"os/exec"
)

func view(w http.ResponseWriter, r *http.Request) {
	param := r.FormValue("v")
	guess := "ABC"[2]
	bar := ""
	switch guess {
	case 'A':
		bar = "x"
	case 'C', 'D':
		bar = param
	default:
		bar = "y"
	}
	_ = exec.Command(bar, "--version").Run() // ! high command-injection
}

func main() {
	http.HandleFunc("/x", view)
	http.ListenAndServe("127.0.0.1:8080", nil)
}

// --- a switch over another byte
package main

import (
	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

var db *gorm.DB

func view(c *gin.Context) {
	param := c.Param("v")
	guess := "ABC"[1]
	bar := ""
	switch guess {
	case 'A':
		bar = param
	case 'B':
		bar = "bob"
	default:
		bar = param
	}
	var out []map[string]any
	db.Raw("SELECT * FROM t WHERE a = '" + bar + "'").Scan(&out)
}

func main() {
	e := gin.New()
	e.GET("/x/:v", view)
	e.Run("127.0.0.1:8080")
}

// --- a constant that nobody sets
package main

import (
	"fmt"
	"github.com/go-chi/chi/v5"
	"net/http"
)

const debug = false

func view(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("v")
	bar := "x"
	if !debug {
		bar = param
	}
	fmt.Fprintf(w, "<p>%s</p>", bar) // ! high reflected-html
}

func main() {
	router := chi.NewRouter()
	router.Get("/x/{v}", view)
	http.ListenAndServe("127.0.0.1:8080", router)
}

// --- a constant that keeps it away
package main

import (
	"github.com/go-chi/chi/v5"
	"net/http"
	"os/exec"
)

const debug = false

func view(w http.ResponseWriter, r *http.Request) {
	param := chi.URLParam(r, "v")
	bar := "x"
	if debug {
		bar = param
	}
	_ = exec.Command(bar, "--version").Run()
}

func main() {
	router := chi.NewRouter()
	router.Get("/x/{v}", view)
	http.ListenAndServe("127.0.0.1:8080", router)
}

// --- a constant of another file
package main

import (
	"context"
	"github.com/gin-gonic/gin"
	"net/http"
)

func view(c *gin.Context) {
	param := c.DefaultQuery("v", "")
	bar := "x"
	if limit > 10 {
		bar = param
	}
	req, _ := http.NewRequestWithContext(context.Background(), "GET", "http://"+bar+"/health", nil) // ! high server-side-request-forgery
	res, err := http.DefaultClient.Do(req)
	if err == nil {
		res.Body.Close()
	}
}

func main() {
	e := gin.New()
	e.GET("/x/:v", view)
	e.Run("127.0.0.1:8080")
}
// file: limits.go
package main

const limit = 100

// --- a constant of another file that keeps it away
package main

import (
	"github.com/go-chi/chi/v5"
	"gorm.io/gorm"
	"net/http"
)

var db *gorm.DB

func view(w http.ResponseWriter, r *http.Request) {
	param := chi.URLParam(r, "v")
	bar := "x"
	if limit > 1000 {
		bar = param
	}
	var out []map[string]any
	db.Table("t").Order(bar).Find(&out)
}

func main() {
	router := chi.NewRouter()
	router.Get("/x/{v}", view)
	http.ListenAndServe("127.0.0.1:8080", router)
}
// file: limits.go
package main

const limit = 100

// --- a function of any type, asked for the first
package main

import (
	"github.com/labstack/echo/v4"
	"net/http"
	"os"
)

func pickOf[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}

func view(c echo.Context) error {
	param := c.QueryParam("v")
	bar := pickOf(true, param, "x")
	_ = os.Remove("/srv/files/" + bar) // ! high path-traversal
	return c.NoContent(http.StatusNoContent)
}

func main() {
	e := echo.New()
	e.GET("/x/:v", view)
	e.Start("127.0.0.1:8080")
}

// --- a function of any type, asked for the other
package main

import (
	"context"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"net/http"
)

var db *pgxpool.Pool

func pickOf[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}

func view(w http.ResponseWriter, r *http.Request) {
	param := chi.URLParam(r, "v")
	bar := pickOf(false, param, "x")
	_, _ = db.Exec(context.Background(), "UPDATE t SET a = '"+bar+"'")
}

func main() {
	router := chi.NewRouter()
	router.Get("/x/{v}", view)
	http.ListenAndServe("127.0.0.1:8080", router)
}

// --- a part of a list
package main

import (
	"context"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"net/http"
)

var db *pgxpool.Pool

func view(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("v")
	l := []string{"x"}
	l = append(l, param, "y")
	l = l[1:]
	bar := l[0]
	_, _ = db.Exec(context.Background(), "UPDATE t SET a = '"+bar+"'") // ! critical sql-injection
}

func main() {
	router := chi.NewRouter()
	router.Get("/x/{v}", view)
	http.ListenAndServe("127.0.0.1:8080", router)
}

// --- the other item of a part of a list
package main

import (
	"github.com/gin-gonic/gin"
	"os"
	"path/filepath"
)

func view(c *gin.Context) {
	param := c.DefaultQuery("v", "")
	l := []string{"x"}
	l = append(l, param, "y")
	l = l[1:]
	bar := l[1]
	b, _ := os.ReadFile(filepath.Join("/srv/files", bar))
	_ = b
}

func main() {
	e := gin.New()
	e.GET("/x/:v", view)
	e.Run("127.0.0.1:8080")
}

// --- the first that is not empty
package main

import (
	"cmp"
	"database/sql"
	"fmt"
	"github.com/gofiber/fiber/v2"
)

var db *sql.DB

func view(c *fiber.Ctx) error {
	param := c.Params("v")
	bar := cmp.Or("", param)
	rows, err := db.Query(fmt.Sprintf("SELECT id FROM users WHERE name = '%s'", bar)) // ! critical sql-injection
	if err == nil {
		rows.Close()
	}
	return c.SendStatus(204)
}

func main() {
	app := fiber.New()
	app.Get("/x/:v", view)
	app.Listen("127.0.0.1:8080")
}

// --- the first that is not empty is ours
package main

import (
	"cmp"
	"github.com/gofiber/fiber/v2"
	"gorm.io/gorm"
)

var db *gorm.DB

func view(c *fiber.Ctx) error {
	param := c.FormValue("v")
	bar := cmp.Or("x", param)
	var out []map[string]any
	db.Table("t").Order(bar).Find(&out)
	return c.SendStatus(204)
}

func main() {
	app := fiber.New()
	app.Get("/x/:v", view)
	app.Listen("127.0.0.1:8080")
}

// --- what a channel carries is ours
package main

import (
	"github.com/gin-gonic/gin"
	"os/exec"
)

func view(c *gin.Context) {
	param := c.PostForm("v")
	ch := make(chan string, 1)
	go func() { ch <- "x" }()
	bar := <-ch
	_ = exec.Command(bar, "--version").Run()
}

func main() {
	e := gin.New()
	e.GET("/x/:v", view)
	e.Run("127.0.0.1:8080")
}

// --- a context in one function
package main

import (
	"context"
	"github.com/labstack/echo/v4"
	"net/http"
	"os/exec"
)

type key struct{}

func view(c echo.Context) error {
	param := c.FormValue("v")
	ctx := context.WithValue(context.Background(), key{}, param)
	bar, _ := ctx.Value(key{}).(string)
	args := []string{"-c", "grep " + bar + " /var/log/x"} // ! critical command-injection
	_ = exec.Command("/bin/bash", args...).Run()
	return c.NoContent(http.StatusNoContent)
}

func main() {
	e := echo.New()
	e.GET("/x/:v", view)
	e.Start("127.0.0.1:8080")
}

// --- a context in one function that holds ours
package main

import (
	"context"
	"github.com/go-chi/chi/v5"
	"html/template"
	"net/http"
)

type key struct{}

func view(w http.ResponseWriter, r *http.Request) {
	param := r.URL.Query().Get("v")
	ctx := context.WithValue(context.Background(), key{}, "x")
	bar, _ := ctx.Value(key{}).(string)
	page := template.Must(template.New("p").Parse("<p>{{.}}</p>"))
	_ = page.Execute(w, template.HTML(bar))
}

func main() {
	router := chi.NewRouter()
	router.Get("/x/{v}", view)
	http.ListenAndServe("127.0.0.1:8080", router)
}

// --- what middleware leaves for handlers, and what it does not
package main

import (
	"context"
	"net/http"
	"os/exec"

	"github.com/gin-gonic/gin"
)

type ctxKey struct{}

const userKey contextKey = "user"

type contextKey string

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), ctxKey{}, r.URL.Query().Get("dir"))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func handler(w http.ResponseWriter, r *http.Request) {
	dir, _ := r.Context().Value(ctxKey{}).(string)
	exec.Command("sh", "-c", "ls "+dir).Run() // ! critical command-injection
	other, _ := r.Context().Value(userKey).(string)
	exec.Command("sh", "-c", "ls "+other).Run()
}

func mid(c *gin.Context) {
	c.Set("dir", c.Query("dir"))
	c.Set("n", 3)
	c.Next()
}

func show(c *gin.Context) {
	exec.Command("sh", "-c", "ls "+c.GetString("dir")).Run() // ! critical command-injection
	exec.Command("sh", "-c", "ls "+c.MustGet("dir").(string)).Run() // ! critical command-injection
	v, _ := c.Get("dir")
	exec.Command("sh", "-c", "ls "+v.(string)).Run() // ! critical command-injection
	exec.Command("sh", "-c", "ls "+c.GetString("other")).Run()
}

func same(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithValue(context.Background(), userKey, "x")
	v, _ := ctx.Value(userKey).(string)
	exec.Command("sh", "-c", "ls "+v).Run()
	r = r.WithContext(context.WithValue(r.Context(), userKey, r.FormValue("a")))
	use(r)
}

func use(r *http.Request) {
	v, _ := r.Context().Value(userKey).(string)
	exec.Command("sh", "-c", "ls "+v).Run() // ! critical command-injection
}

// --- a result that is set after the return
package main

import (
	"net/http"
	"os/exec"
)

func named(v string) (out string) {
	defer func() { out = v }()
	return "x"
}

func view(w http.ResponseWriter, r *http.Request) {
	exec.Command("sh", "-c", "ls "+named(r.FormValue("a"))).Run() // ! critical command-injection
}

// --- a result that is set to ours after the return
package main

import (
	"net/http"
	"os/exec"
)

func named(v string) (out string) {
	defer func() { out = "x" }()
	return v
}

func view(w http.ResponseWriter, r *http.Request) {
	exec.Command("sh", "-c", "ls "+named(r.FormValue("a"))).Run()
}

// --- a key that was taken out
package main

import (
	"context"
	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5/pgxpool"
)

var db *pgxpool.Pool

func view(c *fiber.Ctx) error {
	param := c.Params("v")
	m := map[string]string{"a": param}
	delete(m, "a")
	bar := m["a"]
	_, _ = db.Exec(context.Background(), "UPDATE t SET a = '"+bar+"'")
	return c.SendStatus(204)
}

func main() {
	app := fiber.New()
	app.Get("/x/:v", view)
	app.Listen("127.0.0.1:8080")
}

// --- one of a few numbers
package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

type kind int

const (
	kindA kind = iota
	kindB
)

func choose(k kind, v string) string {
	if k == kindB {
		return v
	}
	return "x"
}

func view(w http.ResponseWriter, r *http.Request) {
	param := r.PathValue("v")
	bar := choose(kindA, param)
	_, _ = db.ExecContext(r.Context(), "DELETE FROM t WHERE a = '"+bar+"'")
}

func main() {
	http.HandleFunc("/x", view)
	http.ListenAndServe("127.0.0.1:8080", nil)
}

// --- what was JSON is a text again
package main

import (
	"encoding/json"
	"github.com/labstack/echo/v4"
	"net/http"
)

func view(c echo.Context) error {
	param := c.FormValue("v")
	raw, _ := json.Marshal(map[string]string{"a": "x", "b": param})
	var m map[string]string
	_ = json.Unmarshal(raw, &m)
	bar := m["b"]
	return c.HTML(http.StatusOK, "<b>"+bar+"</b>") // ! high reflected-html
}

func main() {
	e := echo.New()
	e.GET("/x/:v", view)
	e.Start("127.0.0.1:8080")
}

// --- a text that begins with words of the program, split at a mark
package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/jmoiron/sqlx"
)

func second(db *sqlx.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := fmt.Sprintf("select id|select name where kind = '%s'", r.URL.Query().Get("kind")) // ! critical sql-injection
		var names []string
		_ = db.Select(&names, strings.Split(query, "|")[1])
	}
}

func first(db *sqlx.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := "select name from kinds|" + r.URL.Query().Get("kind")
		var names []string
		_ = db.Select(&names, strings.Split(query, "|")[0])
	}
}

func third(db *sqlx.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := "select name from kinds|" + r.URL.Query().Get("kind")
		var names []string
		_ = db.Select(&names, strings.Split(query, "|")[2]) // ! critical sql-injection
	}
}
