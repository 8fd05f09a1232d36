namespace Amazon.EC2.Model;

/// <summary>What GetConsoleOutput is asked.</summary>
public sealed class GetConsoleOutputRequest : AmazonEC2Request
{
    /// <summary>Creates it empty.</summary>
    public GetConsoleOutputRequest()
    {
    }

    /// <summary>Creates it with these members.</summary>
    public GetConsoleOutputRequest(string instanceId)
    {
        InstanceId = instanceId;
    }

    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>The instance.</summary>
    public string? InstanceId { get; set; }

    /// <summary>What the console shows now, instead of what was posted some minutes after the last start: on Nitro instances only.</summary>
    public bool? Latest { get; set; }
}
