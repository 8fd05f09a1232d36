namespace HostingOps;

/// <summary>What proves that an Elastic IP answers from its new instance, from the weakest to the strongest.</summary>
public enum ElasticIpProof : long
{
    /// <summary>Nothing does.</summary>
    None,

    /// <summary>EC2 lists the address with the instance. Nobody asked the address itself.</summary>
    Association,

    /// <summary>EC2 does, and the address answers HTTP with a redirect. The answer does not say which instance gave it.</summary>
    Answer,

    /// <summary>EC2 does, and the answer names the instance in its X-HostingOps-Instance header.</summary>
    Identity,
}
