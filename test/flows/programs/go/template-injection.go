// --- a template of the request
package main

import (
	"html/template"
	"net/http"
	text "text/template"
)

type data struct{ Name string }

func render(w http.ResponseWriter, r *http.Request) {
	t, err := template.New("page").Parse("<p>" + r.FormValue("greeting") + " {{.Name}}</p>") // ! critical template-injection
	if err != nil {
		http.Error(w, "bad template", http.StatusBadRequest)
		return
	}
	t.Execute(w, data{Name: "x"})
}

func preview(w http.ResponseWriter, r *http.Request) {
	t := text.Must(text.New("mail").Funcs(text.FuncMap{}).Parse(r.PostFormValue("template"))) // ! critical template-injection
	t.Execute(w, nil)
}

// --- values of a fixed template
package main

import (
	"html/template"
	"net/http"
)

var page = template.Must(template.New("page").Parse("<p>{{.}}</p>"))

func render(w http.ResponseWriter, r *http.Request) {
	page.Execute(w, r.FormValue("name"))
}

func byName(w http.ResponseWriter, r *http.Request) {
	t, err := template.ParseFiles("templates/page.html")
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	t.ExecuteTemplate(w, r.PathValue("part"), map[string]string{"q": r.FormValue("q")})
}

// --- a template file that the request names is a path
package main

import (
	"html/template"
	"net/http"
	"path/filepath"
)

func byName(w http.ResponseWriter, r *http.Request) {
	t, err := template.ParseFiles(filepath.Join("templates", r.FormValue("page")+".html")) // ! high path-traversal
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	t.Execute(w, nil)
}

// --- other engines
package main

import (
	"net/http"

	"github.com/aymerick/raymond"
	"github.com/flosch/pongo2/v6"
)

func render(w http.ResponseWriter, r *http.Request) {
	tpl, err := pongo2.FromString(r.FormValue("tpl")) // ! critical template-injection
	if err != nil {
		http.Error(w, "bad template", http.StatusBadRequest)
		return
	}
	out, err := tpl.Execute(pongo2.Context{"name": "x"})
	_ = out
	raymond.Render(r.FormValue("tpl"), map[string]string{}) // ! critical template-injection
	raymond.Render("<p>{{name}}</p>", map[string]string{"name": r.FormValue("name")})
}
