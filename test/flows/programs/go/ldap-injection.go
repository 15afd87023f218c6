// --- a filter of the form
package main

import (
	"fmt"
	"net/http"

	"github.com/go-ldap/ldap/v3"
)

type directory struct {
	conn *ldap.Conn
}

func (d *directory) find(w http.ResponseWriter, r *http.Request) {
	filter := fmt.Sprintf("(&(objectClass=person)(uid=%s))", r.FormValue("uid")) // ! high ldap-injection
	req := ldap.NewSearchRequest("dc=example,dc=com", ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 0, 0, false, filter, []string{"cn"}, nil)
	d.conn.Search(req)
}

func (d *directory) direct(w http.ResponseWriter, r *http.Request) {
	d.conn.Search(&ldap.SearchRequest{ // ! high ldap-injection
		BaseDN: "dc=example,dc=com",
		Filter: "(mail=" + r.FormValue("mail") + ")",
	})
}

// --- a filter that is escaped, fixed or checked
package main

import (
	"fmt"
	"net/http"
	"regexp"

	"github.com/go-ldap/ldap/v3"
)

var uidRule = regexp.MustCompile(`^[a-z0-9]+$`)

func find(conn *ldap.Conn) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		uid := r.FormValue("uid")
		filter := fmt.Sprintf("(uid=%s)", ldap.EscapeFilter(uid))
		conn.Search(ldap.NewSearchRequest("dc=example,dc=com", 2, 0, 0, 0, false, filter, nil, nil))
		if !uidRule.MatchString(uid) {
			http.Error(w, "bad uid", http.StatusBadRequest)
			return
		}
		conn.Search(ldap.NewSearchRequest("dc=example,dc=com", 2, 0, 0, 0, false, "(uid="+uid+")", nil, nil))
		conn.Search(ldap.NewSearchRequest("dc=example,dc=com", 2, 0, 0, 0, false, "(objectClass=person)", nil, nil))
	}
}

// --- the name that somebody logs in by
package a

import (
	"fmt"
	"net/http"

	"github.com/go-ldap/ldap/v3"
)

func login(c *ldap.Conn, r *http.Request) error {
	dn := fmt.Sprintf("uid=%s,ou=people,dc=example,dc=com", r.FormValue("user")) // ! high ldap-injection
	return c.Bind(dn, r.FormValue("password"))
}

// --- the name is escaped, or whole
package a

import (
	"fmt"
	"net/http"

	"github.com/go-ldap/ldap/v3"
)

func login(c *ldap.Conn, r *http.Request) error {
	dn := fmt.Sprintf("uid=%s,ou=people,dc=example,dc=com", ldap.EscapeDN(r.FormValue("user")))
	return c.Bind(dn, r.FormValue("password"))
}

func whole(c *ldap.Conn, r *http.Request) error {
	return c.Bind(r.FormValue("dn"), r.FormValue("password"))
}
