namespace Amazon.EC2.Model;

/// <summary>How a burstable instance uses CPU credits.</summary>
public sealed class CreditSpecificationRequest
{
    /// <summary>The cpu credits.</summary>
    public string? CpuCredits { get; set; }
}
