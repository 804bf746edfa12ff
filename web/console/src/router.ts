// Where everything is. Each page is loaded when it is first needed; `meta.texts` names the part of the catalogue it speaks.

import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import type { Permission } from '@/api/types';
import HomePage from '@/shell/HomePage.vue';
import { adminRoutes } from '@/admin/routes';
import { need, type Key, type Part } from '@/texts';

declare module 'vue-router' {
  interface RouteMeta {
    title: Key;
    texts?: Part;
    permission?: Permission;
    /** Can be gone to from the palette. */
    inPalette?: boolean;
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomePage, meta: { title: 'console.brand' } },
  { path: '/welcome', name: 'welcome', component: () => import('@/welcome/WelcomePage.vue'), meta: { title: 'console.brand', texts: 'welcome', permission: 'staff_admin' } },
  { path: '/queue/:view', name: 'queue', component: () => import('@/queue/QueuePage.vue'), meta: { title: 'console.queue.title', permission: 'case_read' } },
  { path: '/search', name: 'search', component: () => import('@/queue/QueuePage.vue'), meta: { title: 'console.search.title', permission: 'case_read' } },
  { path: '/case/:id(\\d+)', name: 'case', component: () => import('@/workspace/CasePage.vue'), meta: { title: 'workspace.title', texts: 'workspace', permission: 'case_read' } },
  { path: '/customers', name: 'customers', component: () => import('@/customer/CustomersPage.vue'), meta: { title: 'console.rail.customers', texts: 'customer', permission: 'customer_read', inPalette: true } },
  { path: '/customer/:id(\\d+)', name: 'customer', component: () => import('@/customer/CustomerPage.vue'), meta: { title: 'console.queue.customer', texts: 'customer', permission: 'customer_read' } },
  { path: '/profile', name: 'profile', component: () => import('@/profile/ProfilePage.vue'), meta: { title: 'console.profile.title', inPalette: true } },
  ...adminRoutes,
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('@/shell/NowherePage.vue'), meta: { title: 'console.nowhere.title' } },
];

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes,
  scrollBehavior: (to, from, saved) => (to.path === from.path ? undefined : saved ?? { top: 0 }),
});

router.beforeResolve(async (to) => {
  if (to.meta.texts) await need(to.meta.texts);
});

/** A tab that was open while the program was renewed asks for files that are gone: the page is read anew, where it was going. */
router.onError((error, to) => {
  if (/import|fetch|load/i.test(String(error)) && navigator.onLine) location.assign(router.resolve(to).href);
});
