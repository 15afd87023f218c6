// --- an expression of the query
package main

import (
	"net/http"

	"github.com/antchfx/htmlquery"
	"github.com/antchfx/xmlquery"
	"github.com/beevik/etree"
	"golang.org/x/net/html"
)

type store struct {
	doc  *xmlquery.Node
	page *html.Node
	tree *etree.Document
}

func (s *store) find(w http.ResponseWriter, r *http.Request) {
	xmlquery.FindOne(s.doc, "//user[@name='"+r.FormValue("name")+"']") // ! high xpath-injection
	htmlquery.Query(s.page, "//a[@id='"+r.FormValue("id")+"']") // ! high xpath-injection
	s.tree.FindElement("//user[@name='" + r.FormValue("name") + "']") // ! high xpath-injection
}

// --- fixed expressions, numbers
package main

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/antchfx/xmlquery"
)

func find(doc *xmlquery.Node) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, user := range xmlquery.Find(doc, "//user") {
			if user.SelectAttr("name") == r.FormValue("name") {
				w.WriteHeader(http.StatusOK)
				return
			}
		}
		n, err := strconv.Atoi(r.FormValue("n"))
		if err != nil {
			http.Error(w, "bad number", http.StatusBadRequest)
			return
		}
		xmlquery.FindOne(doc, fmt.Sprintf("//user[%d]", n))
	}
}
