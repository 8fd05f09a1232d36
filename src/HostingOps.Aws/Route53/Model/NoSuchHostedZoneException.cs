using System.Net;
using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>No hosted zone of that id in the account.</summary>
public sealed class NoSuchHostedZoneException : AmazonRoute53Exception
{
    /// <summary>Creates the error with a message.</summary>
    public NoSuchHostedZoneException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public NoSuchHostedZoneException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public NoSuchHostedZoneException(Exception innerException)
        : base(innerException)
    {
    }

    /// <summary>Creates the error from an answer of the service.</summary>
    public NoSuchHostedZoneException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Creates the error from an answer of the service, with its cause.</summary>
    public NoSuchHostedZoneException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
