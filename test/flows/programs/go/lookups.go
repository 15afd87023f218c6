// --- what is found by a value, or in a fixed table, is no path of the caller's choice any more
package main

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

var columns = map[string]string{"name": "name", "date": "created_at"}
var files = map[string]struct{}{"a.txt": {}, "b.txt": {}}
var safe = regexp.MustCompile(`^[a-z0-9_-]+$`)
var db *sql.DB

// 1 lookup then abort
func A1(w http.ResponseWriter, r *http.Request) {
	sort := r.URL.Query().Get("sort")
	if _, ok := columns[sort]; !ok {
		http.Error(w, "bad", 400)
		return
	}
	db.Query("SELECT * FROM t ORDER BY " + sort)
}

func A2(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if _, ok := files[name]; !ok {
		w.WriteHeader(404)
		return
	}
	http.ServeFile(w, r, filepath.Join("data", name))
}

type Service struct{ tables map[string]*Table }
type Table struct{ Name string }

func (s *Service) A3(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("table")
	t, found := s.tables[name]
	if !found {
		return
	}
	_ = t
	db.Query("SELECT * FROM " + name)
}

func (s *Service) A4(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("table")
	if s.tables[name] == nil {
		return
	}
	db.Query("SELECT * FROM " + name)
}

// 2 database get then error
type Repo struct{ g *gorm.DB }
type Doc struct {
	ID   string
	Path string
}

func (p *Repo) B1(c *gin.Context) {
	id := c.Param("id")
	var doc Doc
	if err := p.g.Where("id = ?", id).First(&doc).Error; err != nil {
		c.JSON(404, nil)
		return
	}
	os.Remove(filepath.Join("data", id))
}

func B2(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	var n string
	err := db.QueryRow("SELECT name FROM docs WHERE id = $1", id).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		http.NotFound(w, r)
		return
	}
	if err != nil {
		return
	}
	os.ReadFile(filepath.Join("data", id+".json"))
}

type Store interface {
	GetDoc(id string) (*Doc, error)
}

func B3(s Store) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Param("id")
		doc, err := s.GetDoc(id)
		if err != nil {
			return err
		}
		_ = doc
		f, err := os.OpenFile(filepath.Join("data", id), os.O_RDONLY, 0o600)
		if err != nil {
			return err
		}
		defer f.Close()
		return nil
	}
}

// 3 regexp in package variable
func C1(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if !safe.MatchString(name) {
		return
	}
	os.ReadFile("data/" + name)
}

type V struct{ re *regexp.Regexp }

func NewV() *V { return &V{re: regexp.MustCompile(`^[a-z]+$`)} }
func (v *V) C2(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if !v.re.MatchString(name) {
		return
	}
	os.ReadFile("data/" + name)
}
func C3(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if ok, _ := regexp.MatchString(`^[a-z]+$`, name); !ok {
		return
	}
	os.ReadFile("data/" + name)
}

var identifier = regexp.MustCompile(fmt.Sprintf("^%s$", part))

const part = "[A-Za-z_][A-Za-z0-9_]*"

func C4(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if !identifier.MatchString(name) {
		return
	}
	db.Query("SELECT * FROM " + name)
}

// --- a part of a key, a file that is looked up by its path, and what is asked after its use are not
package main

import (
	"database/sql"
	"net/http"
	"os"
	"path/filepath"
	"regexp"

	"github.com/gin-gonic/gin"
)

type files interface {
	GetFile(name string) (string, error)
	GetOwner(id string) (string, error)
}

var db *sql.DB
var letters = regexp.MustCompile(`^[a-z]+`)
var known = map[string]bool{"a": true}

func whole(c *gin.Context, s files) {
	name := c.Query("name")
	if _, err := s.GetFile(name); err != nil {
		return
	}
	os.ReadFile(filepath.Join("data", name)) // ! high path-traversal
}

func other(c *gin.Context, s files) {
	name, id := c.Query("name"), c.Query("id")
	if _, err := s.GetOwner(id); err != nil {
		return
	}
	os.ReadFile(filepath.Join("data", name)) // ! high path-traversal
}

func prefixed(c *gin.Context, s files) {
	name := c.Query("name")
	if _, err := s.GetOwner("user:" + name); err != nil {
		os.Remove(filepath.Join("data", name)) // ! high path-traversal
		return
	}
}

func notFound(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	var name string
	err := db.QueryRow("SELECT name FROM docs WHERE id = $1", id).Scan(&name)
	if err != nil {
		os.Create(filepath.Join("data", id)) // ! high path-traversal
	}
}

func unknownKey(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if _, ok := known[name]; ok {
		return
	}
	os.ReadFile(filepath.Join("data", name)) // ! high path-traversal
}

func beginning(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if !letters.MatchString(name) {
		return
	}
	os.ReadFile(filepath.Join("data", name)) // ! high path-traversal
}

func statement(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if err := db.QueryRow("SELECT 1 FROM users WHERE name = $1", name).Scan(new(int)); err != nil {
		return
	}
	db.Query("SELECT * FROM orders WHERE customer = '" + name + "'") // ! critical sql-injection
}

// --- cleaned, compared with what the service trusts, sent as something else
package main

import (
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"fmt"
)

type App struct{ trusted []string }

func (a *App) next(w http.ResponseWriter, r *http.Request) {
	next := r.FormValue("next")
	for _, d := range a.trusted {
		if d != "*" && next == d {
			http.Redirect(w, r, next, 302)
			return
		}
	}
}

func clean(u string) string {
	p, err := url.Parse(u)
	if err != nil {
		return "/"
	}
	return path.Clean(p.Path)
}

func after(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, clean(r.FormValue("next")), 302)
}

var bad = regexp.MustCompile(`[^a-z0-9]+`)

func cleaned(w http.ResponseWriter, r *http.Request) {
	name := bad.ReplaceAllString(r.FormValue("name"), "_")
	os.ReadFile(filepath.Join("data", name))
	other := strings.ReplaceAll(r.FormValue("other"), "/", "_")
	os.ReadFile(filepath.Join("data", other))
	kept := bad.ReplaceAllString(r.FormValue("kept"), "..")
	os.ReadFile(filepath.Join("data", kept)) // ! high path-traversal
	third := strings.ReplaceAll(r.FormValue("third"), "..", "")
	os.ReadFile(filepath.Join("data", third))
}

//go:embed spec.json
var spec string

func doc(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(strings.Replace(spec, "localhost", r.FormValue("base"), 1)))
}

type Context struct{ w http.ResponseWriter }

func (c *Context) Blob(kind string, b []byte) {
	c.w.Header().Set("Content-Type", kind)
	c.write(b)
}
func (c *Context) write(b []byte) { c.w.Write(b) }
func css(w http.ResponseWriter, r *http.Request) {
	c := &Context{w}
	c.Blob("text/css", []byte(r.FormValue("css")))
}
func flawed(w http.ResponseWriter, r *http.Request) {
	page := "<html>NAME</html>"
	fmt.Fprint(w, strings.ReplaceAll(page, "NAME", r.FormValue("name"))) // ! high reflected-html
}

func opened(w http.ResponseWriter, r *http.Request) {
	next := r.FormValue("next")
	if next != "" {
		http.Redirect(w, r, next, 302) // ! medium open-redirect
	}
}

func self(w http.ResponseWriter, r *http.Request) {
	if next, again := r.FormValue("next"), r.FormValue("again"); next == again {
		http.Redirect(w, r, next, 302) // ! medium open-redirect
	}
}

// --- the address of a host is no record of ours
package a

import (
	"net"
	"net/http"
)

func fetch(w http.ResponseWriter, r *http.Request) {
	host := r.URL.Query().Get("host")
	_, err := net.LookupHost(host)
	if err != nil {
		return
	}
	answer, err := http.Get("http://" + host + "/x") // ! high server-side-request-forgery
	if err != nil {
		return
	}
	answer.Body.Close()
}
