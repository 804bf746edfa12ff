import { createApp } from 'vue';
import App from '@/App.vue';
import { listenToKeys } from '@/keys';
import { router } from '@/router';
import { lang, loadLanguage } from '@/texts';
import '@/style/tokens.css';
import '@/style/base.css';
import '@/settings';
import '@/theme';

await loadLanguage(lang.value);
listenToKeys();
createApp(App).use(router).mount('#app');
