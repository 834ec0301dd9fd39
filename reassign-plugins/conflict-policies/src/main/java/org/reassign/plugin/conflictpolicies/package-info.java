/** Whether a request may change a reassignment that is in flight: point 13 of the thread. */
package org.reassign.plugin.conflictpolicies;
