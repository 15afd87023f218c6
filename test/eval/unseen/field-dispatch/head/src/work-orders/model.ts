export type WorkOrderStatus = 'open' | 'scheduled' | 'done' | 'cancelled';

export interface WorkOrder {
  id: string;
  orgId: string;
  technicianId: string | null;
  status: WorkOrderStatus;
  customerName: string;
  address: string;
  accessNote: string | null;
  windowStart: Date | null;
  windowEnd: Date | null;
}
