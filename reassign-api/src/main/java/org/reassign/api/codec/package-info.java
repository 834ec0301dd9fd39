/** The JSON of records, for storage layouts: what is stored is the same in all of them. */
package org.reassign.api.codec;
