// --- net/http: a query parameter in the statement of a store
package main

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

type Server struct {
	db *sql.DB
}

type User struct {
	ID    int    `json:"id"`
	Email string `json:"email"`
}

func (s *Server) handleSearch(w http.ResponseWriter, r *http.Request) {
	term := r.URL.Query().Get("q")
	rows, err := s.db.QueryContext(r.Context(), "SELECT id, email FROM users WHERE email LIKE '%"+term+"%'") // ! critical sql-injection
	if err != nil {
		http.Error(w, "search failed", http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	users := []User{}
	for rows.Next() {
		var u User
		if err := rows.Scan(&u.ID, &u.Email); err != nil {
			http.Error(w, "scan failed", http.StatusInternalServerError)
			return
		}
		users = append(users, u)
	}
	json.NewEncoder(w).Encode(users)
}

// --- net/http: the same with a placeholder
package main

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

type Server struct {
	db *sql.DB
}

func (s *Server) handleSearch(w http.ResponseWriter, r *http.Request) {
	term := r.URL.Query().Get("q")
	var email string
	err := s.db.QueryRowContext(r.Context(), "SELECT email FROM users WHERE email LIKE $1", "%"+term+"%").Scan(&email)
	if err != nil {
		http.Error(w, "search failed", http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(map[string]string{"email": email})
}

// --- gin: order by of the query, with a default
package main

import (
	"database/sql"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

type ProductHandler struct {
	DB *sql.DB
}

func (h *ProductHandler) List(c *gin.Context) {
	sort := c.DefaultQuery("sort", "created_at")
	dir := c.Query("dir")
	query := fmt.Sprintf("SELECT id, name FROM products ORDER BY %s %s LIMIT %d", sort, dir, 50) // ! critical sql-injection
	rows, err := h.DB.Query(query)
	if err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "query failed"})
		return
	}
	defer rows.Close()
	c.JSON(http.StatusOK, gin.H{"ok": true})
}

// --- gin: order by chosen from a fixed list
package main

import (
	"database/sql"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

var sortColumns = map[string]string{
	"name":    "name",
	"created": "created_at",
}

type ProductHandler struct {
	DB *sql.DB
}

func (h *ProductHandler) List(c *gin.Context) {
	column, ok := sortColumns[c.Query("sort")]
	if !ok {
		column = "created_at"
	}
	dir := "ASC"
	if c.Query("dir") == "desc" {
		dir = "DESC"
	}
	rows, err := h.DB.Query(fmt.Sprintf("SELECT id, name FROM products ORDER BY %s %s", column, dir))
	if err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "query failed"})
		return
	}
	defer rows.Close()
	c.JSON(http.StatusOK, gin.H{"ok": true})
}

// --- gin: a checked column is used further down
package main

import (
	"database/sql"
	"net/http"

	"github.com/gin-gonic/gin"
)

var allowedSort = map[string]bool{"name": true, "price": true}

func List(db *sql.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		sort := c.Query("sort")
		if !allowedSort[sort] {
			c.AbortWithStatus(http.StatusBadRequest)
			return
		}
		rows, err := db.Query("SELECT id FROM products ORDER BY " + sort)
		if err != nil {
			c.AbortWithStatus(http.StatusInternalServerError)
			return
		}
		defer rows.Close()
		c.Status(http.StatusOK)
	}
}

// --- gin: a closure that is given a pool, without a check
package main

import (
	"database/sql"
	"net/http"

	"github.com/gin-gonic/gin"
)

func List(db *sql.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		rows, err := db.Query("SELECT id FROM products WHERE category = '" + c.Param("category") + "'") // ! critical sql-injection
		if err != nil {
			c.AbortWithStatus(http.StatusInternalServerError)
			return
		}
		defer rows.Close()
		c.Status(http.StatusOK)
	}
}

// --- chi and sqlx: the handler calls a repository in another file
// file: internal/http/users.go
package http

import (
	"net/http"

	"example.com/shop/internal/store"
	"github.com/go-chi/chi/v5"
)

type Handler struct {
	users *store.Users
}

func (h *Handler) Routes(r chi.Router) {
	r.Get("/users/{name}", h.get)
}

func (h *Handler) get(w http.ResponseWriter, r *http.Request) {
	name := chi.URLParam(r, "name")
	u, err := h.users.ByName(r.Context(), name)
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	writeJSON(w, u)
}

// file: internal/store/users.go
package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
)

type User struct {
	Name string `db:"name"`
}

type Users struct {
	db *sqlx.DB
}

func (s *Users) ByName(ctx context.Context, name string) (*User, error) {
	var u User
	q := fmt.Sprintf("SELECT * FROM users WHERE name = '%s'", name) // ! critical sql-injection
	if err := s.db.GetContext(ctx, &u, q); err != nil {
		return nil, err
	}
	return &u, nil
}

// file: go.mod.go
package main

// --- chi and sqlx: named parameters
package store

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/jmoiron/sqlx"
)

type API struct{ db *sqlx.DB }

func (a *API) get(w http.ResponseWriter, r *http.Request) {
	var n int
	rows, err := a.db.NamedQuery("SELECT count(*) FROM users WHERE name = :name", map[string]any{"name": chi.URLParam(r, "name")})
	if err != nil {
		http.Error(w, "no", 500)
		return
	}
	_ = rows.Scan(&n)
	err = a.db.Get(&n, a.db.Rebind("SELECT count(*) FROM users WHERE name = ?"), chi.URLParam(r, "name"))
	if err != nil {
		http.Error(w, "no", 500)
	}
}

// --- echo and gorm: a raw statement and a pasted condition
package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

type Order struct {
	ID     uint
	Status string
}

type OrderHandler struct {
	db *gorm.DB
}

func (h *OrderHandler) ByStatus(c echo.Context) error {
	var orders []Order
	status := c.QueryParam("status")
	if err := h.db.Raw("SELECT * FROM orders WHERE status = '" + status + "'").Scan(&orders).Error; err != nil { // ! critical sql-injection
		return err
	}
	h.db.Where("status = '" + status + "'").Find(&orders) // ! critical sql-injection
	h.db.Model(&Order{}).Order(c.QueryParam("sort")).Find(&orders) // ! critical sql-injection
	return c.JSON(http.StatusOK, orders)
}

// --- echo and gorm: placeholders, structs and maps
package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

type Order struct {
	ID     uint
	Status string
}

type OrderHandler struct {
	db *gorm.DB
}

func (h *OrderHandler) ByStatus(c echo.Context) error {
	var orders []Order
	status := c.QueryParam("status")
	h.db.Raw("SELECT * FROM orders WHERE status = ?", status).Scan(&orders)
	h.db.Where("status = ?", status).Find(&orders)
	h.db.Where("status LIKE ?", "%"+status+"%").Find(&orders)
	h.db.Where(&Order{Status: status}).Find(&orders)
	h.db.Where(map[string]interface{}{"status": status}).Find(&orders)
	id, err := strconv.Atoi(c.Param("id"))
	if err != nil {
		return echo.NewHTTPError(http.StatusBadRequest)
	}
	h.db.Where("id = " + strconv.Itoa(id)).First(&orders)
	h.db.First(&orders, id)
	return c.JSON(http.StatusOK, orders)
}

// --- gorm: the first condition of First is a text
package handlers

import (
	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type User struct{ ID uint }

func Get(db *gorm.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		var user User
		db.First(&user, c.Param("id")) // ! critical sql-injection
		db.First(&user, "id = ?", c.Param("id"))
		db.Delete(&User{}, c.Query("id")) // ! critical sql-injection
		c.JSON(200, user)
	}
}

// --- pgx: a statement that a builder makes piece by piece
package store

import (
	"context"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

type Repo struct {
	pool *pgxpool.Pool
}

type Filter struct {
	Name   string
	Status string
}

func (r *Repo) find(ctx context.Context, f Filter) error {
	var sb strings.Builder
	sb.WriteString("SELECT id FROM tickets WHERE 1=1")
	if f.Name != "" {
		sb.WriteString(" AND name = '" + f.Name + "'") // ! critical sql-injection
	}
	if f.Status != "" {
		sb.WriteString(" AND status = '")
		sb.WriteString(f.Status)
		sb.WriteString("'")
	}
	_, err := r.pool.Query(ctx, sb.String())
	return err
}

func (r *Repo) handle(w http.ResponseWriter, req *http.Request) {
	f := Filter{Name: req.FormValue("name"), Status: req.FormValue("status")}
	if err := r.find(req.Context(), f); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}

// --- pgx: a builder that writes placeholders only
package store

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

type Repo struct {
	pool *pgxpool.Pool
}

func (r *Repo) find(ctx context.Context, name, status string) error {
	var sb strings.Builder
	args := []any{}
	sb.WriteString("SELECT id FROM tickets WHERE 1=1")
	if name != "" {
		args = append(args, name)
		sb.WriteString(fmt.Sprintf(" AND name = $%d", len(args)))
	}
	if status != "" {
		args = append(args, status)
		fmt.Fprintf(&sb, " AND status = $%d", len(args))
	}
	_, err := r.pool.Query(ctx, sb.String(), args...)
	return err
}

func (r *Repo) handle(w http.ResponseWriter, req *http.Request) {
	if err := r.find(req.Context(), req.FormValue("name"), req.FormValue("status")); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}

// --- pgx: conditions that are joined
package store

import (
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5"
)

type Repo struct {
	conn *pgx.Conn
}

func (r *Repo) handle(w http.ResponseWriter, req *http.Request) {
	var conds []string
	if v := req.URL.Query().Get("owner"); v != "" {
		conds = append(conds, "owner = '"+v+"'") // ! critical sql-injection
	}
	if v := req.URL.Query().Get("state"); v != "" {
		conds = append(conds, "state = '"+v+"'")
	}
	query := "SELECT * FROM jobs"
	if len(conds) > 0 {
		query += " WHERE " + strings.Join(conds, " AND ")
	}
	rows, err := r.conn.Query(req.Context(), query)
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	rows.Close()
}

// --- pgx: an identifier that is quoted by the library
package store

import (
	"net/http"

	"github.com/jackc/pgx/v5"
)

type Repo struct {
	conn *pgx.Conn
}

func (r *Repo) handle(w http.ResponseWriter, req *http.Request) {
	column := pgx.Identifier{req.URL.Query().Get("column")}.Sanitize()
	rows, err := r.conn.Query(req.Context(), "SELECT "+column+" FROM jobs")
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	rows.Close()
}

// --- squirrel: conditions as values, and one that is pasted
package store

import (
	"database/sql"
	"net/http"

	sq "github.com/Masterminds/squirrel"
	"github.com/gorilla/mux"
)

type Repo struct {
	db *sql.DB
}

func (r *Repo) safe(w http.ResponseWriter, req *http.Request) {
	q := sq.Select("id").From("jobs").Where(sq.Eq{"name": mux.Vars(req)["name"]}).Where("state = ?", req.FormValue("state"))
	rows, err := q.RunWith(r.db).Query()
	if err == nil {
		rows.Close()
	}
}

func (r *Repo) unsafe(w http.ResponseWriter, req *http.Request) {
	q := sq.Select("id").From("jobs").Where("name = '" + mux.Vars(req)["name"] + "'") // ! critical sql-injection
	q = q.OrderBy(req.FormValue("sort")) // ! critical sql-injection
	rows, err := q.RunWith(r.db).Query()
	if err == nil {
		rows.Close()
	}
}

// --- a helper of another file of the package makes the statement
// file: main.go
package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func deleteItem(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "bad form", http.StatusBadRequest)
		return
	}
	_, err := db.Exec(deleteStatement(r.Form.Get("table"), r.Form.Get("id"))) // ! critical sql-injection
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}

// file: statements.go
package main

func deleteStatement(table, id string) string {
	return "DELETE FROM " + table + " WHERE id = " + id
}

// --- constants of another file of the package
// file: main.go
package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func listItems(w http.ResponseWriter, r *http.Request) {
	rows, err := db.Query(selectItems+whereOwner, r.FormValue("owner"))
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	rows.Close()
}

// file: statements.go
package main

const selectItems = "SELECT id, name FROM items"
const whereOwner = " WHERE owner = $1"

// --- numbers are no texts
package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"strconv"

	"github.com/google/uuid"
	"github.com/gorilla/mux"
)

type Page struct {
	Limit  int
	Offset int
}

func parsePage(r *http.Request) Page {
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit > 100 {
		limit = 100
	}
	offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
	return Page{Limit: limit, Offset: offset}
}

func list(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		page := parsePage(r)
		rows, err := db.Query(fmt.Sprintf("SELECT id FROM items LIMIT %d OFFSET %v", page.Limit, page.Offset))
		if err != nil {
			http.Error(w, "failed", http.StatusInternalServerError)
			return
		}
		rows.Close()
		id, err := uuid.Parse(mux.Vars(r)["id"])
		if err != nil {
			http.Error(w, "bad id", http.StatusBadRequest)
			return
		}
		db.Exec("DELETE FROM items WHERE id = '" + id.String() + "'")
	}
}

// --- a switch that lets two columns through
package main

import (
	"database/sql"
	"net/http"
)

func list(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		sort := r.URL.Query().Get("sort")
		switch sort {
		case "name", "price":
		default:
			sort = "id"
		}
		rows, err := db.Query("SELECT id FROM items ORDER BY " + sort)
		if err != nil {
			http.Error(w, "failed", http.StatusInternalServerError)
			return
		}
		rows.Close()
	}
}

// --- a switch of checks that return
package main

import (
	"database/sql"
	"net/http"
	"regexp"
)

var word = regexp.MustCompile(`^[a-z_]+$`)

func list(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		sort := r.URL.Query().Get("sort")
		switch {
		case sort == "":
			http.Error(w, "sort is missing", http.StatusBadRequest)
			return
		case !word.MatchString(sort):
			http.Error(w, "bad sort", http.StatusBadRequest)
			return
		}
		rows, err := db.Query("SELECT id FROM items ORDER BY " + sort)
		if err != nil {
			http.Error(w, "failed", http.StatusInternalServerError)
			return
		}
		rows.Close()
	}
}

// --- a switch whose tests are alternatives guards nothing
package main

import (
	"database/sql"
	"net/http"
)

func list(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		sort := r.URL.Query().Get("sort")
		switch {
		case sort == "name", len(sort) > 3:
			rows, err := db.Query("SELECT id FROM items ORDER BY " + sort) // ! critical sql-injection
			if err == nil {
				rows.Close()
			}
		}
	}
}

// --- escaped for HTML, used in SQL
package main

import (
	"database/sql"
	"html"
	"net/http"
)

func list(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := html.EscapeString(r.URL.Query().Get("name"))
		rows, err := db.Query("SELECT id FROM items WHERE id = " + name) // ! critical sql-injection
		if err == nil {
			rows.Close()
		}
	}
}

// --- the body of the request, decoded into a struct, through a transaction
package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
)

type transferRequest struct {
	From   string  `json:"from"`
	Amount float64 `json:"amount"`
}

func transfer(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var req transferRequest
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
			http.Error(w, "bad body", http.StatusBadRequest)
			return
		}
		tx, err := db.BeginTx(r.Context(), nil)
		if err != nil {
			http.Error(w, "failed", http.StatusInternalServerError)
			return
		}
		defer tx.Rollback()
		_, err = tx.Exec(fmt.Sprintf("UPDATE accounts SET balance = balance - %f WHERE id = '%s'", req.Amount, req.From)) // ! critical sql-injection
		if err != nil {
			http.Error(w, "failed", http.StatusInternalServerError)
			return
		}
		tx.Exec(fmt.Sprintf("UPDATE totals SET balance = balance - %v", req.Amount))
		tx.Commit()
	}
}

// --- gRPC: a field of the message
package server

import (
	"context"
	"database/sql"

	userpb "example.com/shop/gen/user/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type Server struct {
	userpb.UnimplementedUserServiceServer
	db *sql.DB
}

func (s *Server) Find(ctx context.Context, req *userpb.FindRequest) (*userpb.FindResponse, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id FROM users WHERE name = '"+req.GetName()+"'") // ! critical sql-injection
	if err != nil {
		return nil, status.Error(codes.Internal, "failed")
	}
	defer rows.Close()
	rows2, err := s.db.QueryContext(ctx, "SELECT id FROM users WHERE name = $1", req.Name)
	if err != nil {
		return nil, status.Error(codes.Internal, "failed")
	}
	defer rows2.Close()
	return &userpb.FindResponse{}, nil
}

// --- connect: a field of the message
package server

import (
	"context"
	"database/sql"

	"connectrpc.com/connect"
	userv1 "example.com/shop/gen/user/v1"
)

type Server struct {
	db *sql.DB
}

func (s *Server) Find(ctx context.Context, req *connect.Request[userv1.FindRequest]) (*connect.Response[userv1.FindResponse], error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id FROM users WHERE name = '"+req.Msg.Name+"'") // ! critical sql-injection
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return connect.NewResponse(&userv1.FindResponse{}), nil
}

// --- fiber and bun
package handlers

import (
	"github.com/gofiber/fiber/v2"
	"github.com/uptrace/bun"
)

type Item struct{ ID int64 }

type Items struct{ db *bun.DB }

func (h *Items) list(c *fiber.Ctx) error {
	var items []Item
	err := h.db.NewSelect().Model(&items).Where("name = '" + c.Query("name") + "'").Scan(c.Context()) // ! critical sql-injection
	if err != nil {
		return err
	}
	err = h.db.NewSelect().Model(&items).Where("name = ?", c.Query("name")).OrderExpr("? ASC", bun.Ident(c.Query("sort"))).Scan(c.Context())
	if err != nil {
		return err
	}
	_, err = h.db.NewRaw("DELETE FROM items WHERE id = " + c.Params("id")).Exec(c.Context()) // ! critical sql-injection
	return err
}

// --- ent: a predicate of the library, and a raw one
package handlers

import (
	"net/http"

	"entgo.io/ent/dialect/sql"
	"example.com/shop/ent"
	"example.com/shop/ent/user"
)

type Users struct{ client *ent.Client }

func (h *Users) list(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	h.client.User.Query().Where(user.NameEQ(name)).All(r.Context())
	h.client.User.Query().Where(func(s *sql.Selector) {
		s.Where(sql.ExprP("name = '" + name + "'")) // ! critical sql-injection
	}).All(r.Context())
	h.client.User.Query().Where(func(s *sql.Selector) {
		s.Where(sql.EQ(user.FieldName, name))
	}).All(r.Context())
}

// --- a check in the handler holds in what it calls
// file: main.go
package main

import (
	"database/sql"
	"net/http"
)

var columns = map[string]bool{"name": true, "price": true}

type store struct{ db *sql.DB }

func handler(s *store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		sort := r.FormValue("sort")
		if !columns[sort] {
			http.Error(w, "bad sort", http.StatusBadRequest)
			return
		}
		s.list(sort)
	}
}

// file: store.go
package main

func (s *store) list(sort string) error {
	_, err := s.db.Query("SELECT id FROM items ORDER BY " + sort)
	return err
}

// --- one of two tests is enough where both say the same
package main

import (
	"database/sql"
	"net/http"
)

func list(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		sort := r.FormValue("sort")
		if sort != "name" && sort != "price" {
			http.Error(w, "bad sort", http.StatusBadRequest)
			return
		}
		db.Query("SELECT id FROM items ORDER BY " + sort)
		other := r.FormValue("other")
		if other == "name" || len(other) > 3 {
			db.Query("SELECT id FROM items ORDER BY " + other) // ! critical sql-injection
		}
	}
}

// --- gRPC: a method that answers with another message than one called Response
package server

import (
	"context"
	"database/sql"
	"fmt"

	pb "example.org/orders/gen/orders/v1"
)

type server struct {
	pb.UnimplementedOrdersServer
	db *sql.DB
}

func (s *server) Find(ctx context.Context, in *pb.FindRequest) (*pb.Order, error) {
	query := fmt.Sprintf("SELECT id FROM orders WHERE customer = '%s'", in.GetCustomer()) // ! critical sql-injection
	order := &pb.Order{}
	return order, s.db.QueryRowContext(ctx, query).Scan(&order.Id)
}

func (s *server) List(in *pb.ListRequest, stream pb.Orders_ListServer) error {
	_, err := s.db.QueryContext(stream.Context(), "SELECT id FROM orders WHERE customer = '"+in.Customer+"'") // ! critical sql-injection
	return err
}

func (s *server) newest(ctx context.Context, limit int) error {
	_, err := s.db.QueryContext(ctx, fmt.Sprintf("SELECT id FROM orders LIMIT %d", limit))
	return err
}

// --- The arguments of a query of gqlgen are the caller's.
package graph

import (
	"context"

	"gorm.io/gorm"
)

type Filter struct {
	Name  string
	Order *string
}

type Resolver struct{ DB *gorm.DB }
type queryResolver struct{ *Resolver }

func (r *queryResolver) Users(ctx context.Context, filter *Filter, first int) ([]User, error) {
	var users []User
	err := r.DB.Order(*filter.Order).Limit(first).Find(&users).Error // ! critical sql-injection
	return users, err
}

// --- Those of a type's field come behind its object, which is the program's own; what is bound is no statement.
package graph

import (
	"context"

	"gorm.io/gorm"
)

type Resolver struct{ DB *gorm.DB }
type queryResolver struct{ *Resolver }
type orderResolver struct{ *Resolver }

func (r *queryResolver) Users(ctx context.Context, name string, first int) ([]User, error) {
	var users []User
	err := r.DB.Where("name = ?", name).Limit(first).Find(&users).Error
	return users, err
}

func (r *orderResolver) Items(ctx context.Context, order *Order) ([]Item, error) {
	var items []Item
	err := r.DB.Table(order.Shard).Find(&items).Error
	return items, err
}

// --- a callee that refuses other names, and whose error leaves
// file: go.mod
module example.org/app
// file: db/dump.go
package db

import (
	"database/sql"
	"fmt"
	"regexp"
)

var conn *sql.DB
var validName = regexp.MustCompile(`^[a-z_]+$`)

func validateName(table string) error {
	if !validName.MatchString(table) {
		return fmt.Errorf("bad: %q", table)
	}
	return nil
}

func Restore(table string, rows []map[string]any) (err error) {
	if err := validateName(table); err != nil {
		return err
	}
	for _, row := range rows {
		for name := range row {
			delete(row, name)
		}
	}
	conn.Ping()
	return write(rows)
}

func Fill(table string, rows []map[string]any) (err error) {
	for _, row := range rows {
		delete(row, table)
	}
	return write(rows)
}

// file: main.go
package main

import (
	"database/sql"
	"net/http"

	"example.org/app/db"
)

var conn *sql.DB

func reset(w http.ResponseWriter, r *http.Request) {
	table := r.URL.Query().Get("table")
	var err error
	if r.URL.Query().Get("all") == "1" {
		err = db.Restore(table, nil)
	} else {
		err = db.Restore(table, rows)
	}
	if err != nil {
		return
	}
	conn.Exec("DELETE FROM " + table)
}

func fill(w http.ResponseWriter, r *http.Request) {
	table := r.URL.Query().Get("table")
	if err := db.Fill(table, nil); err != nil {
		return
	}
	conn.Exec("DELETE FROM " + table) // ! critical sql-injection
}

func main() {
	http.HandleFunc("/reset", reset)
	http.HandleFunc("/fill", fill)
}
