/** The controller: one thread that drains events, asks {@code decide}, performs what it says and answers. */
package org.reassign.core.lead;
