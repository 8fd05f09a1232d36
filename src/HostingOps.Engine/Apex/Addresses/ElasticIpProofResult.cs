namespace HostingOps.Engine.Apex.Addresses;

/// <summary>What a proof came to.</summary>
/// <param name="Proof">How much is proven.</param>
/// <param name="Now">The address as EC2 listed it last, or null when it could not be asked.</param>
/// <param name="Failed">Whether less is proven than was to be.</param>
/// <param name="Seen">One sentence.</param>
internal sealed record ElasticIpProofResult(ElasticIpProof Proof, ElasticIp? Now, bool Failed, string Seen)
{
    /// <summary>Whether somebody else has moved the address after us.</summary>
    public bool MovedOn { get; init; }
}
