package org.reassign.plugin.droppolicies;

import org.reassign.api.spi.DropPolicy;
import org.reassign.testkit.DropPolicyContract;

class KeepAllContractTest implements DropPolicyContract {
    @Override
    public DropPolicy policy() {
        return new KeepAll();
    }

    @Override
    public boolean drops() {
        return false;
    }
}
