namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>Which channels are told of an alert: pure.</summary>
internal static class AlertRouting
{
    /// <summary>Whether a channel is to be told.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="wasTold">Whether the channel was told, or is to be told, of this incident before: who was woken hears of the end too.</param>
    public static bool Wants(NotificationChannel channel, HostingAlert alert, Func<bool> wasTold) =>
        channel.On.Contains(AlertText.EventName(alert.Event), StringComparer.Ordinal)
        && (alert.Severity >= channel.MinSeverity || (alert.Event == AlertEvent.Recovered && wasTold()));
}
