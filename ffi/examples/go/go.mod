module sluicegate.example/gateway

go 1.19
