using System.Net;
using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>The batch was refused as a whole; nothing was changed.</summary>
public sealed class InvalidChangeBatchException : AmazonRoute53Exception
{
    /// <summary>Creates the error with a message.</summary>
    public InvalidChangeBatchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public InvalidChangeBatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public InvalidChangeBatchException(Exception innerException)
        : base(innerException)
    {
    }

    /// <summary>Creates the error from an answer of the service.</summary>
    public InvalidChangeBatchException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Creates the error from an answer of the service, with its cause.</summary>
    public InvalidChangeBatchException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>One message per fault found in the batch.</summary>
    public List<string>? Messages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
