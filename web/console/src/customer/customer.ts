import { inject, type InjectionKey } from 'vue';
import { patch } from '@/api/client';
import type { Body } from '@/api/client';
import type { Customer } from '@/api/types';

interface Page {
  changed: (customer: Customer) => void;
  reload: () => void;
}
export const customerKey: InjectionKey<Page> = Symbol('customer');

/** Changes what is given about the customer and shows the page as it is then. */
export function useCustomer() {
  const page = inject(customerKey)!;
  const change = async ({ id, version }: Customer, part: Body<'/customers/{customer_id}', 'patch'>) => {
    page.changed(await patch('/customers/{customer_id}', part, { path: { customer_id: id }, version }));
  };
  return { ...page, change };
}
