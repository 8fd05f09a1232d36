namespace HostingOps.Engine.Alerts.Sending;

/// <summary>Hands one alert to one channel.</summary>
internal interface IAlertSender
{
    /// <summary>Sends it, within a bounded time.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="key">The same for every try of this delivery, so that receivers can tell a second one from a second alert.</param>
    /// <param name="cancellationToken">Ends the sending; nothing else is thrown.</param>
    Task<DeliveryAnswer> SendAsync(NotificationChannel channel, HostingAlert alert, string key, CancellationToken cancellationToken);
}
