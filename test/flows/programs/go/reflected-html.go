// --- net/http: a page that repeats the query
package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

func hello(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	fmt.Fprintf(w, "<h1>Hello %s</h1>", name) // ! high reflected-html
}

func echo(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(r.FormValue("text"))) // ! high reflected-html
}

func page(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, "Results for "+r.FormValue("q")) // ! high reflected-html
}

func parts(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, "<html><body>")
	fmt.Fprintf(w, "You searched for %s", r.FormValue("q")) // ! high reflected-html
	fmt.Fprint(w, "</body></html>")
}

// --- net/http: no HTML
package main

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strconv"
)

func noTag(w http.ResponseWriter, r *http.Request) {
	name := strings.ReplaceAll(r.FormValue("name"), "<", "&lt;")
	fmt.Fprintf(w, "<h1>Hello %s</h1>", strings.ReplaceAll(name, ">", "&gt;"))
}

func halfTag(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<h1>Hello %s</h1>", strings.ReplaceAll(r.FormValue("name"), ">", "&gt;")) // ! high reflected-html
}

func plain(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w, "<%s>", r.FormValue("name"))
}

func sniffed(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "Hello %s", r.FormValue("name"))
}

func failed(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "no such item: "+r.FormValue("id"), http.StatusNotFound)
}

func asJSON(w http.ResponseWriter, r *http.Request) {
	data, err := json.Marshal(map[string]string{"name": r.FormValue("name")})
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	w.Write(data)
	json.NewEncoder(w).Encode(r.FormValue("name"))
}

func escaped(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<h1>Hello %s</h1>", html.EscapeString(r.FormValue("name")))
}

func number(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err != nil {
		http.Error(w, "bad number", http.StatusBadRequest)
		return
	}
	fmt.Fprintf(w, "<p>%d of %v</p>", n, n)
}

// --- templates: html/template escapes, text/template does not, template.HTML is a way round
package main

import (
	"html/template"
	"net/http"
	text "text/template"
)

var page = template.Must(template.New("page").Parse(`<h1>{{.Name}}</h1>`))
var raw = text.Must(text.New("raw").Parse(`<h1>{{.Name}}</h1>`))

type view struct {
	Name string
	Body template.HTML
}

func good(w http.ResponseWriter, r *http.Request) {
	page.Execute(w, view{Name: r.FormValue("name")})
}

func bypass(w http.ResponseWriter, r *http.Request) {
	page.Execute(w, view{Body: template.HTML(r.FormValue("body"))}) // ! high reflected-html
}

func unescaped(w http.ResponseWriter, r *http.Request) {
	raw.Execute(w, view{Name: r.FormValue("name")}) // ! high reflected-html
}

func constant(w http.ResponseWriter, r *http.Request) {
	page.Execute(w, view{Body: template.HTML("<b>fixed</b>")})
}

// --- echo and gin
package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

func echoPage(c echo.Context) error {
	return c.HTML(http.StatusOK, "<p>"+c.QueryParam("q")+"</p>") // ! high reflected-html
}

func echoText(c echo.Context) error {
	return c.String(http.StatusOK, "<p>"+c.QueryParam("q")+"</p>")
}

func echoJSON(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"q": c.QueryParam("q")})
}

func ginPage(c *gin.Context) {
	c.Data(http.StatusOK, "text/html; charset=utf-8", []byte("<p>"+c.Query("q")+"</p>")) // ! high reflected-html
}

func ginTemplate(c *gin.Context) {
	c.HTML(http.StatusOK, "page.tmpl", gin.H{"q": c.Query("q")})
	c.String(http.StatusOK, "Hello %s", c.Query("q"))
}

// --- a bluemonday policy cleans
package main

import (
	"fmt"
	"html/template"
	"net/http"

	"github.com/microcosm-cc/bluemonday"
)

var policy = bluemonday.UGCPolicy()

func comment(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<div>%s</div>", policy.Sanitize(r.FormValue("body")))
	_ = template.HTML(policy.Sanitize(r.FormValue("body")))
}

// --- a helper writes what it is given, with the type that its caller set
package main

import (
	"encoding/json"
	"net/http"
)

type response struct {
	w http.ResponseWriter
}

func (r *response) write(data []byte) {
	r.w.Write(data)
}

func show(w http.ResponseWriter, r *http.Request) {
	out := &response{w: w}
	w.Header().Set("Content-Type", "application/json")
	out.write([]byte(r.FormValue("x")))
	_ = json.Valid(nil)
}

// --- a text/template of a page, and one of a plain text
package main

import (
	"net/http"
	"text/template"
)

var templates = template.Must(template.ParseGlob("templates/*"))

type view struct{ Name string }

func page(w http.ResponseWriter, r *http.Request) {
	templates.ExecuteTemplate(w, "index.html", view{Name: r.FormValue("name")}) // ! high reflected-html
}

func plain(w http.ResponseWriter, r *http.Request) {
	templates.ExecuteTemplate(w, "index.txt", view{Name: r.FormValue("name")})
}

// --- a feed is no page, a page in a name of any kind is
package main

import (
	"fmt"
	"net/http"

	"github.com/gorilla/feeds"
)

func feed(w http.ResponseWriter, r *http.Request) {
	channel := &feeds.Feed{Title: r.PathValue("name")}
	rss, err := channel.ToRss()
	if err != nil {
		http.Error(w, "no feed", http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, rss)
}

func page(w http.ResponseWriter, r *http.Request) {
	text := r.FormValue("text")
	fmt.Fprint(w, text) // ! high reflected-html
}

// --- net/http: without a tag, though inside of one
package main

import (
	"fmt"
	"net/http"
	"strings"
)

func inAttribute(w http.ResponseWriter, r *http.Request) {
	name := strings.ReplaceAll(r.FormValue("name"), "<", "&lt;") // ! high reflected-html
	fmt.Fprintf(w, `<input value="%s">`, name)
}

func inScript(w http.ResponseWriter, r *http.Request) {
	name := strings.ReplaceAll(r.FormValue("name"), "<", "&lt;") // ! high reflected-html
	fmt.Fprintf(w, `<script>var a = '%s'</script>`, name)
}

func onlyTheFirst(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<b>%s</b>", strings.Replace(r.FormValue("name"), "<", "", 1)) // ! high reflected-html
}

func allOfThem(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<b>%s</b>", strings.Replace(r.FormValue("name"), "<", "", -1))
}

func behindScript(w http.ResponseWriter, r *http.Request) {
	name := strings.ReplaceAll(r.FormValue("name"), "<", "&lt;")
	fmt.Fprintf(w, `<script src="/a.js"></script><input value="a"><b>%s</b>`, name)
}

// --- fiber: a text that is sent as a page
package main

import (
	fiber "github.com/gofiber/fiber/v2"
)

func h(c *fiber.Ctx) error {
	c.Set("Content-Type", "text/html")
	return c.SendString("<h1>" + c.Query("name") + "</h1>") // ! high reflected-html
}
func g(c *fiber.Ctx) error {
	c.Type("html")
	return c.SendString("<h1>" + c.Query("name") + "</h1>") // ! high reflected-html
}
func i(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTML)
	return c.SendString("<h1>" + c.Query("name") + "</h1>") // ! high reflected-html
}
func j(c *fiber.Ctx) error {
	return c.Type("html").SendString("<h1>" + c.Query("name") + "</h1>") // ! high reflected-html
}

// --- fiber: a text that is sent as one, or escaped
package main

import (
	"html"
	fiber "github.com/gofiber/fiber/v2"
)

func h(c *fiber.Ctx) error { return c.SendString("hello " + c.Query("name")) }
func g(c *fiber.Ctx) error {
	c.Type("html")
	return c.SendString("<h1>" + html.EscapeString(c.Query("name")) + "</h1>")
}
