namespace HostingOps;

/// <summary>The conditions of a move of an Elastic IP.</summary>
public enum ElasticIpGateName : long
{
    /// <summary>The instance runs.</summary>
    InstanceRunning,

    /// <summary>The instance has exactly one network interface, so that its id says which one is meant.</summary>
    OneInterface,

    /// <summary>The instance's availability zone belongs to the address's network border group.</summary>
    SameBorderGroup,

    /// <summary>The address is free, or may be taken from what has it.</summary>
    Reassociation,

    /// <summary>The instance has no other Elastic IP, which it would lose.</summary>
    NoOtherAddress,

    /// <summary>EC2 would let the caller do it, by a dry run.</summary>
    Permitted,
}
