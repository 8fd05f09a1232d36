using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What GetConsoleOutput answers.</summary>
public sealed class GetConsoleOutputResponse : AmazonWebServiceResponse
{
    /// <summary>The instance.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The newest 64 KiB of the console's output in base64, or null when there is none yet.</summary>
    public string? Output { get; set; }

    /// <summary>When the output was updated.</summary>
    public DateTime? Timestamp { get; set; }
}
