package server

import (
	"context"
	"database/sql"
	"fmt"

	pb "example.org/orders/gen/orders/v1"
	"google.golang.org/grpc"
)

type server struct {
	pb.UnimplementedOrdersServer
	db *sql.DB
}

func (s *server) Find(ctx context.Context, in *pb.FindRequest) (*pb.Order, error) {
	query := fmt.Sprintf("SELECT id, total FROM orders WHERE customer = '%s'", in.GetCustomer()) // ! critical sql-injection
	row := s.db.QueryRowContext(ctx, query)
	order := &pb.Order{}
	return order, row.Scan(&order.Id, &order.Total)
}

// Register adds the service to a server.
func Register(to *grpc.Server, db *sql.DB) {
	pb.RegisterOrdersServer(to, &server{db: db})
}
