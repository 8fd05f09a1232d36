namespace HostingOps.Engine.Alerts;

/// <summary>Takes alerts and sees to it that they reach people.</summary>
internal interface IAlertSink
{
    /// <summary>
    /// Takes one and returns at once; it is sent later, tried again, and kept when nobody could be told. Never throws on account
    /// of a channel, and not when the state database can't be written: then it is kept in memory and said to the reporter.
    /// </summary>
    void Post(HostingAlert alert);
}
