import type { RouteRecordRaw } from 'vue-router';

/** Everything below /admin. */
export const adminRoutes: RouteRecordRaw[] = [
  { path: '/admin', name: 'admin', component: () => import('./AdminPage.vue'), meta: { title: 'administration.title', texts: 'administration' } },
];
