import { z } from 'zod';

export const addressSchema = z.object({
  name: z.string().min(1).max(120),
  street: z.string().min(1).max(200),
  postcode: z.string().min(2).max(12),
  city: z.string().min(1).max(120),
  country: z.string().length(2),
});

export const createShipmentSchema = z.object({
  reference: z.string().min(1).max(64),
  recipient: addressSchema,
  weightGrams: z.number().int().positive().max(70_000),
});

export const listShipmentsSchema = z.object({
  status: z.enum(['draft', 'labelled', 'in_transit', 'delivered', 'cancelled']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.string().datetime().optional(),
});

export type CreateShipment = z.infer<typeof createShipmentSchema>;
export type ListShipments = z.infer<typeof listShipmentsSchema>;
