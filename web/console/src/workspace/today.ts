// The day it is, by the server's clock: what shows times in short is drawn anew once a day, not once a second.

import { computed } from 'vue';
import { now } from '@/time';

export const today = computed(() => new Date(now.value).setHours(0, 0, 0, 0));
