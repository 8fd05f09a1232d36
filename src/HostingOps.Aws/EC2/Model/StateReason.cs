namespace Amazon.EC2.Model;

/// <summary>Why something is in its state.</summary>
public sealed class StateReason
{
    /// <summary>The code.</summary>
    public string? Code { get; set; }

    /// <summary>The message.</summary>
    public string? Message { get; set; }
}
