package org.reassign.core.meter;

import org.reassign.api.zk.ZkWrite;

/** The operations that are counted. */
public enum OperationType {
    CREATE,
    SET_DATA,
    DELETE,
    GET_DATA,
    GET_CHILDREN,
    EXISTS,
    ADD_WATCH,
    REMOVE_WATCHES,
    CHECK;

    /** The type of a write. */
    public static OperationType of(ZkWrite write) {
        if (write instanceof ZkWrite.Create) {
            return CREATE;
        }
        if (write instanceof ZkWrite.SetData) {
            return SET_DATA;
        }
        return write instanceof ZkWrite.Delete ? DELETE : CHECK;
    }
}
