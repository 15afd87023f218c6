// --- each character is looked at, and a bad one is refused: comparisons, classes of unicode, a switch, a filter
package main

import (
	"database/sql"
	"net/http"
	"strings"
	"unicode"
)

type server struct{ db *sql.DB }

func isName(s string) bool {
	for i, c := range s {
		if c != '_' && !(c >= 'a' && c <= 'z') && !(i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return s != ""
}

func isWord(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
			return false
		}
	}
	return len(s) > 0
}

func isColumn(s string) bool {
	for _, c := range s {
		switch {
		case unicode.IsLetter(c):
		case c == '_', c == '.':
		default:
			return false
		}
	}
	return true
}

func isPlain(c rune) bool {
	if c == '_' {
		return true
	}
	return unicode.IsLetter(c) || strings.ContainsRune("0123456789", c)
}

func isBad(c rune) bool { return !isPlain(c) }

func keep(c rune) rune {
	if c >= 'a' && c <= 'z' {
		return c
	}
	return '_'
}

func (s *server) names(w http.ResponseWriter, r *http.Request) {
	sort := r.FormValue("sort")
	if !isName(sort) {
		http.Error(w, "bad", 400)
		return
	}
	s.db.Query("SELECT id FROM t ORDER BY " + sort)
}

func (s *server) words(w http.ResponseWriter, r *http.Request) {
	sort := r.FormValue("sort")
	if !isWord(sort) {
		return
	}
	s.db.Query("SELECT id FROM t ORDER BY " + sort)
}

func (s *server) columns(w http.ResponseWriter, r *http.Request) {
	sort := r.FormValue("sort")
	if !isColumn(sort) {
		return
	}
	s.db.Query("SELECT id FROM t ORDER BY " + sort)
}

func (s *server) here(w http.ResponseWriter, r *http.Request) {
	sort := r.FormValue("sort")
	for _, c := range sort {
		if (c < 'a' || c > 'z') && c != '_' {
			http.Error(w, "bad", 400)
			return
		}
	}
	s.db.Query("SELECT id FROM t ORDER BY " + sort)
}

func (s *server) contained(w http.ResponseWriter, r *http.Request) {
	sort := r.FormValue("sort")
	if strings.ContainsFunc(sort, isBad) {
		return
	}
	s.db.Query("SELECT id FROM t ORDER BY " + sort)
}

func (s *server) indexed(w http.ResponseWriter, r *http.Request) {
	sort := r.FormValue("sort")
	if strings.IndexFunc(sort, func(c rune) bool { return !unicode.IsLetter(c) }) >= 0 {
		return
	}
	s.db.Query("SELECT id FROM t ORDER BY " + sort)
}

func (s *server) mapped(w http.ResponseWriter, r *http.Request) {
	s.db.Query("SELECT id FROM t ORDER BY " + strings.Map(keep, r.FormValue("sort")))
}

func (s *server) filtered(w http.ResponseWriter, r *http.Request) {
	var sort []byte
	in := r.FormValue("sort")
	for i := 0; i < len(in); i++ {
		c := in[i]
		if c >= 'a' && c <= 'z' {
			sort = append(sort, c)
		}
	}
	s.db.Query("SELECT id FROM t ORDER BY " + string(sort))
}

// --- such a look that lets a quote or a space through, looks at nothing, or whose answer is not asked for
package main

import (
	"database/sql"
	"net/http"
	"strings"
	"unicode"
)

type server struct{ db *sql.DB }

func isPrinted(s string) bool {
	for _, c := range s {
		if !unicode.IsPrint(c) {
			return false
		}
	}
	return true
}

func hasLetter(s string) bool {
	for _, c := range s {
		if unicode.IsLetter(c) {
			return true
		}
	}
	return false
}

func isQuoted(s string) bool {
	for _, c := range s {
		if !unicode.IsLetter(c) && c != '\'' {
			return false
		}
	}
	return true
}

func lower(c rune) rune { return unicode.ToLower(c) }

func (s *server) printed(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if !isPrinted(name) {
		return
	}
	s.db.Query("SELECT id FROM t WHERE name = '" + name + "'") // ! critical sql-injection
}

func (s *server) letter(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if !hasLetter(name) {
		return
	}
	s.db.Query("SELECT id FROM t WHERE name = '" + name + "'") // ! critical sql-injection
}

func (s *server) quoted(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if !isQuoted(name) {
		return
	}
	s.db.Query("SELECT id FROM t WHERE name = '" + name + "'") // ! critical sql-injection
}

func (s *server) counted(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	letters := 0
	for _, c := range name {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	s.db.Query("SELECT id FROM t WHERE name = '" + name + "'") // ! critical sql-injection
}

func (s *server) mapped(w http.ResponseWriter, r *http.Request) {
	name := strings.Map(lower, r.FormValue("name"))
	s.db.Query("SELECT id FROM t WHERE name = '" + name + "'") // ! critical sql-injection
}

func (s *server) contained(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if strings.ContainsFunc(name, unicode.IsSpace) {
		return
	}
	s.db.Query("SELECT id FROM t WHERE name = '" + name + "'") // ! critical sql-injection
}

// --- the other way round is no check: what has a letter in it may hold all else
package main

import (
	"net/http"
	"os"
	"strings"
	"unicode"
)

func read(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if !strings.ContainsFunc(name, unicode.IsLetter) {
		return
	}
	os.ReadFile("/srv/" + name) // ! high path-traversal
}

func dotted(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	for _, c := range name {
		if !unicode.IsLetter(c) && c != '.' && c != '/' {
			return
		}
	}
	os.ReadFile("/srv/" + name) // ! high path-traversal
}

func named(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	for _, c := range name {
		if !unicode.IsLetter(c) && c != '-' {
			return
		}
	}
	os.ReadFile("/srv/" + name)
}

// --- each character is looked at where it is used: the number is another one each time
package main

import (
	"net/http"
	"os/exec"
)

func show(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	for i := 0; i < len(name); i++ {
		c := name[i]
		if !(c >= 'a' && c <= 'z') {
			return
		}
	}
	exec.Command("sh", "-c", "ls /srv/"+name).Run()
}

// --- not each character is looked at: what is over after a break, outside of a part, behind the first ones
package main

import (
	"net/http"
	"os/exec"
	"unicode"
)

func first(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	for _, c := range name {
		if unicode.IsLetter(c) {
			break
		}
		return
	}
	exec.Command("sh", "-c", "ls "+name).Run() // ! critical command-injection
}

func part(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	for _, c := range name[:1] {
		if !unicode.IsLetter(c) {
			return
		}
	}
	exec.Command("sh", "-c", "ls "+name).Run() // ! critical command-injection
}

func later(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	for i := 5; i < len(name); i++ {
		if !unicode.IsLetter(rune(name[i])) {
			return
		}
	}
	exec.Command("sh", "-c", "ls "+name).Run() // ! critical command-injection
}
