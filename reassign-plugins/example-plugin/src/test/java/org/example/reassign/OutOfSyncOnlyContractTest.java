package org.example.reassign;

import org.reassign.api.spi.DropPolicy;
import org.reassign.testkit.DropPolicyContract;

class OutOfSyncOnlyContractTest implements DropPolicyContract {
    @Override
    public DropPolicy policy() {
        return new OutOfSyncOnly();
    }
}
