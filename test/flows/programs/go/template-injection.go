// --- a template of the request
package main

import (
	"html/template"
	"net/http"
	text "text/template"
)

type data struct{ Name string }

func render(w http.ResponseWriter, r *http.Request) {
	t, err := template.New("page").Parse("<p>" + r.FormValue("greeting") + " {{.Name}}</p>") // ! high template-text
	if err != nil {
		http.Error(w, "bad template", http.StatusBadRequest)
		return
	}
	t.Execute(w, data{Name: "x"})
}

func letter(w http.ResponseWriter, r *http.Request) {
	t := text.Must(text.New("mail").Funcs(text.FuncMap{}).Parse("Dear " + r.PostFormValue("name") + ", {{.Text}}")) // ! high template-text
	t.Execute(w, nil)
}

// --- a template that somebody sends is suspected: it may be what the service is for
package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"text/template"
)

type webhook struct {
	Template string `json:"template"`
}

func preview(w http.ResponseWriter, r *http.Request) {
	var hook webhook
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&hook); err != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	t, err := template.New("webhook").Parse(hook.Template) // ! medium whole-template
	if err != nil {
		http.Error(w, "bad template", http.StatusBadRequest)
		return
	}
	var out bytes.Buffer
	t.Execute(&out, map[string]string{"text": "x"})
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
	raymond.Render("<p>"+r.FormValue("tpl")+"</p>", map[string]string{}) // ! high template-text
	raymond.Render("<p>{{name}}</p>", map[string]string{"name": r.FormValue("name")})
}
