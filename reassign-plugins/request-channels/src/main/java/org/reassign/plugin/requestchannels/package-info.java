/** How requests reach the controller: points 10 and 13 of the thread. */
package org.reassign.plugin.requestchannels;
