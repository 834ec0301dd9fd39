/** Values of the protocol: what is moved, where to, and what the brokers say about it. Immutable, without I/O. */
package org.reassign.api.model;
