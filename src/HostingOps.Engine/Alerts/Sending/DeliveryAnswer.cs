namespace HostingOps.Engine.Alerts.Sending;

/// <summary>What a channel answered to an alert.</summary>
/// <param name="IsSent">Whether it has taken it.</param>
/// <param name="Text">What it answered, or why nothing was sent; holds no address and no secret.</param>
/// <param name="IsFinal">Whether asking again can't help.</param>
/// <param name="RetryAfter">How long it wants to be left alone, or null.</param>
internal sealed record DeliveryAnswer(bool IsSent, string Text, bool IsFinal = false, TimeSpan? RetryAfter = null)
{
    /// <summary>It was taken.</summary>
    public static DeliveryAnswer Sent(string text) => new(IsSent: true, text);

    /// <summary>It may be taken later.</summary>
    public static DeliveryAnswer Later(string text, TimeSpan? retryAfter = null) => new(IsSent: false, text, RetryAfter: retryAfter);

    /// <summary>It won't be taken, however often it is tried.</summary>
    public static DeliveryAnswer Never(string text) => new(IsSent: false, text, IsFinal: true);
}
