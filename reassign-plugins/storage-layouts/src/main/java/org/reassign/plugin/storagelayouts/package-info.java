/** Where the record of a partition in flight lives: points 10 and 12 of the thread. */
package org.reassign.plugin.storagelayouts;
