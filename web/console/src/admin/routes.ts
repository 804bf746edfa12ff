import type { RouteRecordRaw } from 'vue-router';
import type { Permission } from '@/api/types';
import type { Key } from '@/texts';

interface Section {
  path: string;
  permission: Permission;
  page: () => Promise<unknown>;
}

/** Every page of administration, in the groups of its menu. */
export const groups = [
  {
    title: 'administration.group.people',
    sections: [
      { path: 'staff', permission: 'staff_read', page: () => import('./StaffPage.vue') },
      { path: 'teams', permission: 'staff_read', page: () => import('./TeamsPage.vue') },
      { path: 'roles', permission: 'staff_read', page: () => import('./RolesPage.vue') },
      { path: 'leave', permission: 'leave_admin', page: () => import('./LeavePage.vue') },
    ],
  },
  {
    title: 'administration.group.rules',
    sections: [
      { path: 'packs', permission: 'policy_read', page: () => import('./PacksPage.vue') },
      { path: 'calendars', permission: 'policy_read', page: () => import('./CalendarsPage.vue') },
      { path: 'causes', permission: 'policy_read', page: () => import('./CausesPage.vue') },
    ],
  },
  {
    title: 'administration.group.words',
    sections: [
      { path: 'templates', permission: 'template_read', page: () => import('./TemplatesPage.vue') },
      { path: 'coach', permission: 'template_read', page: () => import('./CoachPage.vue') },
    ],
  },
  {
    title: 'administration.group.doors',
    sections: [
      { path: 'portal', permission: 'policy_admin', page: () => import('./PortalPage.vue') },
      { path: 'keys', permission: 'key_admin', page: () => import('./KeysPage.vue') },
      { path: 'webhooks', permission: 'key_admin', page: () => import('./WebhooksPage.vue') },
      { path: 'import', permission: 'import_run', page: () => import('./ImportPage.vue') },
    ],
  },
  { title: 'administration.group.record', sections: [{ path: 'audit', permission: 'audit_read', page: () => import('./AuditPage.vue') }] },
] as const satisfies { title: Key; sections: Section[] }[];

export type SectionPath = (typeof groups)[number]['sections'][number]['path'];
export const titleOf = (path: SectionPath): Key => `administration.${path}.title`;

const texts = 'administration';
const pages = groups.flatMap(({ sections }) =>
  sections.map(({ path, permission, page }): RouteRecordRaw => ({ path, name: `admin-${path}`, component: page as never, meta: { title: titleOf(path), texts, permission } })),
);

/** Everything below /admin. */
export const adminRoutes: RouteRecordRaw[] = [
  {
    path: '/admin',
    component: () => import('./AdminPage.vue'),
    meta: { title: 'administration.title', texts },
    children: [
      { path: '', name: 'admin', component: () => import('./AdminStart.vue'), meta: { title: 'administration.title', texts } },
      { path: 'packs/draft', name: 'admin-draft', component: () => import('./DraftPage.vue'), meta: { title: 'administration.draft.title', texts, permission: 'policy_admin' } },
      { path: 'packs/:pack/:version', name: 'admin-pack', component: () => import('./PackPage.vue'), meta: { title: 'administration.packs.title', texts, permission: 'policy_read' } },
      { path: 'webhooks/:id(\\d+)', name: 'admin-webhook', component: () => import('./WebhookPage.vue'), meta: { title: 'administration.webhooks.title', texts, permission: 'key_admin' } },
      ...pages,
    ],
  },
];
