# What comes down the pipeline and what stands on the command line: every chain without glue.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $env:HOSTINGOPS_INVENTORY = $null
    $sandbox = New-Rehearsal
    $null = Invoke-SiteFailover clinic -Planned -Force -InventoryPath $sandbox.InventoryPath

    # No inventory is named from here on: what is piped says which one it is of.
    Push-Location (New-Item (Join-Path $TestDrive 'elsewhere') -ItemType Directory)
    $givers = @{
        site = Get-HostedSite acme -InventoryPath $sandbox.InventoryPath
        health = Test-SiteHealth acme -InventoryPath $sandbox.InventoryPath
        target = Get-SiteDnsTarget acme -InventoryPath $sandbox.InventoryPath
        plan = Get-SiteFailoverPlan acme -Planned -InventoryPath $sandbox.InventoryPath
        result = Invoke-SiteFailover acme -Planned -Force -InventoryPath $sandbox.InventoryPath
        switch = Set-SiteDnsTarget acme left -Force -InventoryPath $sandbox.InventoryPath
        history = Get-SiteFailoverHistory acme -First 1 -InventoryPath $sandbox.InventoryPath
        pause = Disable-SiteFailover acme 'Migration' -PassThru -InventoryPath $sandbox.InventoryPath
    }
    $null = $givers.pause | Enable-SiteFailover
}

AfterAll {
    Pop-Location
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
}

Describe 'A <Giver> in the pipeline' -ForEach @('site', 'health', 'target', 'plan', 'result', 'switch', 'history', 'pause' | ForEach-Object { @{ Giver = $_ } }) {
    BeforeAll {
        $object = $givers[$Giver]
        $xml = Join-Path $TestDrive "$Giver.xml"
        $object | Export-Clixml $xml -Depth 4
    }

    It 'goes into <Command>' -ForEach @(
        @{ Command = 'Get-HostedSite'; More = @{}; Name = 'Name' }
        @{ Command = 'Test-SiteHealth'; More = @{}; Name = 'SiteName' }
        @{ Command = 'Get-SiteDnsTarget'; More = @{}; Name = 'SiteName' }
        @{ Command = 'Get-SiteFailoverPlan'; More = @{ Planned = $true }; Name = 'SiteName' }
        @{ Command = 'Get-SiteFailoverHistory'; More = @{}; Name = 'SiteName' }
        @{ Command = 'Disable-SiteFailover'; More = @{ Reason = 'Migration'; PassThru = $true }; Name = 'SiteName' }
        @{ Command = 'Enable-SiteFailover'; More = @{ PassThru = $true }; Name = 'SiteName' }
        @{ Command = 'Set-SiteDnsTarget'; More = @{ HostName = 'left'; Force = $true }; Name = 'SiteName' }
    ) {
        $given = $object | & $Command @More -ErrorVariable failed
        $failed | Should -BeNullOrEmpty
        @($given.$Name | Sort-Object -Unique) | Should -Be 'acme'
    }

    It 'goes into Invoke, Undo and Resume' {
        $run = Invoke-Asked "`$given = Import-Clixml '$xml'; `$given | Invoke-SiteFailover -Planned -WhatIf; `$given | Undo-SiteFailover -WhatIf; `$given | Resume-SiteFailover -WhatIf -WarningAction Ignore"
        $run.Errors | Should -BeNullOrEmpty
        "$($run.Lines)" | Should -Match 'Switchover of acme: left -> right'
    }

    It 'goes on after Export-Clixml and after JSON' {
        (Import-Clixml $xml | Get-SiteDnsTarget).SiteName | Should -Be 'acme'
        $json = $object | Select-Object * -ExcludeProperty Primary, Secondary | ConvertTo-Json -Depth 6 -WarningAction Ignore
        ($json | ConvertFrom-Json | Get-SiteDnsTarget).SiteName | Should -Be 'acme'
    }
}

Describe 'The long chain' {
    It 'finds, plans and moves the sites of a dead host, and takes them back' {
        $sandbox.StopHost('left')
        try {
            $moved = $sandbox | Get-HostedSite | Test-SiteHealth | Where-Object Status -EQ Down | Get-SiteFailoverPlan | Invoke-SiteFailover -Force
            $moved.SiteName | Should -Be 'acme'
            $moved.Kind | Should -Be 'Failover'
            $moved.Outcome | Should -Be 'Succeeded'
        }
        finally {
            $sandbox.StartHost('left')
        }

        ($moved | Get-SiteFailoverHistory).OperationId | Should -Be $moved.OperationId
        ($moved | Undo-SiteFailover -Force).To | Should -Be 'left'
    }

    It 'works on two inventories at once, each with its own sites' {
        $other = New-Rehearsal (($rehearsalInventory -replace 'acme', 'zebra') -replace 'sites\.example', 'others.example')
        try {
            $health = $sandbox, $other | Get-HostedSite | Test-SiteHealth
            $health | Should -HaveCount 6
            $health | Where-Object SiteName -EQ zebra | ForEach-Object InventoryPath | Should -Be $other.InventoryPath
            $moved = $health | Where-Object SiteName -In acme, zebra | Get-SiteFailoverPlan -Planned | Invoke-SiteFailover -Force
            $moved.SiteName | Sort-Object | Should -Be 'acme', 'zebra'
            $moved.OperationId | Sort-Object -Unique | Should -HaveCount 2
            ($moved | Undo-SiteFailover -Force).Outcome | Sort-Object -Unique | Should -Be 'Succeeded'
            Get-ActiveHost $other.InventoryPath | Should -Be 'zebra left, bakery right, clinic left'
        }
        finally {
            $other.Dispose()
        }
    }

    It 'goes on with the other inventory when one is not there: <_>' -ForEach 'Get-HostedSite', 'Test-SiteHealth', 'Get-SiteDnsTarget', 'Get-SiteFailoverPlan', 'Get-SiteFailoverHistory' {
        $gone = Join-Path $TestDrive 'gone.yml'
        $rows = $gone, $sandbox.InventoryPath, "$gone.too" | ForEach-Object { [pscustomobject]@{ SiteName = 'clinic'; InventoryPath = $_ } }
        $given = $rows | & $_ -ErrorAction SilentlyContinue -ErrorVariable failed
        @($given | ForEach-Object { $_.SiteName ?? $_.Name } | Sort-Object -Unique) | Should -Be 'clinic'
        $failed | Should -HaveCount 2
        $failed.FullyQualifiedErrorId | Should -BeLike 'InventoryNotFound,*'
        $failed.TargetObject | Should -Be $gone, "$gone.too"
    }
}

Describe 'Names' {
    BeforeAll { $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath }
    AfterAll { $env:HOSTINGOPS_INVENTORY = $null }

    It 'come from the column <_> of a CSV, and an unknown one does not stop the rest' -ForEach 'SiteName', 'Name', 'Site', 'site' {
        $csv = Join-Path $TestDrive 'sites.csv'
        Set-Content $csv "$_,Note", 'acme,first', 'nosuch,second', 'clinic,third'
        $health = Import-Csv $csv | Test-SiteHealth -ErrorAction SilentlyContinue -ErrorVariable failed
        $health.SiteName | Sort-Object | Should -Be 'acme', 'clinic'
        $failed.TargetObject | Should -Be 'nosuch'
        (Import-Csv $csv | Get-SiteFailoverPlan -Planned -ErrorAction Ignore).SiteName | Should -Be 'acme', 'clinic'
    }

    It 'come from strings, hashtables and sites, on the line and in the pipeline' {
        ('acme', 'clinic' | Get-HostedSite).Name | Should -Be 'acme', 'clinic'
        (@{ Name = 'acme' }, [ordered]@{ SiteName = 'clinic' }, @{ Site = 'bakery' } | Get-HostedSite).Name | Should -Be 'acme', 'clinic', 'bakery'
        (Get-HostedSite @{ SiteName = 'acme' }).Name | Should -Be 'acme'
        (Get-HostedSite (Get-HostedSite clinic)).Name | Should -Be 'clinic'
    }

    It 'are worked on once, however often and in whatever case they come' {
        ('acme', 'ACME', 'a*', 'acme' | Get-HostedSite).Name | Should -BeExactly 'acme'
        (Test-SiteHealth acme, Acme, 'ac*').SiteName | Should -BeExactly 'acme'
        (Get-SiteDnsTarget 'a*', 'acme').SiteName | Should -BeExactly 'acme'
        ('acme', '*' | Get-SiteFailoverPlan -Planned).SiteName | Should -BeExactly 'acme', 'bakery', 'clinic'
    }

    It 'are never made of another object: <_>' -ForEach 'a sandbox', 'a date', 'a hashtable of something else' {
        $object = @{ 'a sandbox' = $sandbox; 'a date' = [version]'1.0'; 'a hashtable of something else' = @{ Colour = 'red' } }[$_]
        $given = $object | Disable-SiteFailover -Reason Migration -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed
        $given | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Match '^InputObject(NotBound|MissingMandatory),'
    }

    It 'are asked for when Invoke-SiteFailover is given nothing, and no -NonInteractive shell waits for them' {
        { Invoke-SiteFailover } | Should -Throw -ErrorId 'InvalidArgument,*' -ExceptionType ([HostingOps.HostingException])
        try { Invoke-SiteFailover -WhatIf } catch { $failed = $_ }
        $failed.Exception.Message | Should -BeLike 'Neither a site nor a plan was given*'
        $failed.ErrorDetails.RecommendedAction | Should -BeLike 'Name the sites*Get-SiteFailoverPlan*'
    }

    It 'are what Invoke-SiteFailover wants, not <_>' -ForEach 'a date', 'a process', 'a hashtable of something else', 'a row with another column' {
        $object = @{
            'a date' = [datetime]'2026-01-01'; 'a process' = Get-Process -Id $PID
            'a hashtable of something else' = @{ Colour = 'red' }; 'a row with another column' = [pscustomobject]@{ From = 'left' }
        }[$_]
        # A process has a Name, which is no site's.
        $null = $object | Invoke-SiteFailover -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed | Should -HaveCount 1
        $failed.FullyQualifiedErrorId | Should -Match '^(InputObjectNotBound|InputObjectMissingMandatory|InvalidArgument|SiteNotFound),'
        "$failed" | Should -Not -Match 'Parameter set'
    }

    It 'of rows and hashtables never become plans of Invoke-SiteFailover' {
        $run = Invoke-Asked "[pscustomobject]@{ SiteName = 'acme'; Zone = 'sites.example'; Allowed = `$true }, @{ SiteName = 'clinic' } | Invoke-SiteFailover -Planned -WhatIf"
        $run.Errors | Should -BeNullOrEmpty
        "$($run.Lines)" | Should -Match 'Switchover of acme'
        "$($run.Lines)" | Should -Match 'Switchover of clinic'
    }

    It 'and plans exclude each other on the command line of Invoke-SiteFailover: <_>' -ForEach 'Name', 'Planned', 'Reason' {
        $more = @{ Name = @{ Name = 'acme' }; Planned = @{ Planned = $true }; Reason = @{ Reason = 'Because' } }[$_]
        { Invoke-SiteFailover -Plan (Get-SiteFailoverPlan acme -Planned) @more -WhatIf } | Should -Throw "*-Plan and -$_ were given together*"
    }

    It 'do not speak for a plan that is piped: it is carried out as it is' {
        $plan = Get-SiteFailoverPlan acme -Planned
        $done = $plan | Invoke-SiteFailover -Force
        "$($done.Kind) $($done.To)" | Should -Be 'Switchover right'

        # Planned anew it would go back to the left.
        $again = $plan | Invoke-SiteFailover -Force -ErrorAction SilentlyContinue
        "$($again.Outcome) $($again.To)" | Should -Be 'Conflict right'
        ($done | Undo-SiteFailover -Force).Outcome | Should -Be 'Succeeded'
        (Invoke-SiteFailover -Plan (Get-SiteFailoverPlan acme -Planned) -Force).Outcome | Should -Be 'Succeeded'
        $null = Undo-SiteFailover acme -Force
    }

    It 'keep the text that was typed where it looks like a number' {
        $numbers = Join-Path $TestDrive 'numbers.yml'
        Set-Content $numbers ($rehearsalInventory -replace 'acme:', '"007":' -replace 'bakery:', '"0x10":')
        (Get-HostedSite 007 -InventoryPath $numbers).Name | Should -Be '007'
        (Get-HostedSite 0x10 -InventoryPath $numbers).Name | Should -Be '0x10'
    }

    It 'take wildcards: <Pattern>' -ForEach @(
        @{ Pattern = '*'; Found = 'acme', 'bakery', 'clinic' }
        @{ Pattern = 'A*'; Found = 'acme' }
        @{ Pattern = '[ab]*'; Found = 'acme', 'bakery' }
        @{ Pattern = '?linic'; Found = 'clinic' }
        @{ Pattern = 'a`cme'; Found = 'acme' }
    ) {
        (Get-HostedSite $Pattern).Name | Should -Be $Found
        (Get-SiteDnsTarget $Pattern).SiteName | Should -Be $Found
        (Get-SiteFailoverPlan $Pattern -Planned).SiteName | Should -Be $Found
    }

    It 'take the same wildcards in the journal' {
        (Get-SiteFailoverHistory '[c-d]lin?c').SiteName | Sort-Object -Unique | Should -Be 'clinic'
        Get-SiteFailoverHistory '[xy]*' | Should -BeNullOrEmpty
    }

    It 'that match nothing are nothing with wildcards and an error without: <Command>' -ForEach @(
        'Get-HostedSite', 'Test-SiteHealth', 'Get-SiteDnsTarget', 'Get-SiteFailoverPlan', 'Get-SiteFailoverHistory', 'Invoke-SiteFailover', 'Undo-SiteFailover',
        'Resume-SiteFailover', 'Enable-SiteFailover', 'Disable-SiteFailover', 'Set-SiteDnsTarget' | ForEach-Object { @{ Command = $_ } }
    ) {
        $more = @{}
        if ($Command -eq 'Disable-SiteFailover') { $more.Reason = 'Migration' }
        if ($Command -eq 'Set-SiteDnsTarget') { $more.HostName = 'left' }
        & $Command 'zz*' @more -ErrorVariable none | Should -BeNullOrEmpty
        $none | Should -BeNullOrEmpty
        & $Command 'acmee', 'a[' @more -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -HaveCount 2
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'SiteNotFound,HostingOps.Cmdlets.*'
        $failed[0].TargetObject | Should -Be 'acmee'
        $failed[0].ErrorDetails.RecommendedAction | Should -Be "Did you mean 'acme'?"
        $failed[1].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,HostingOps.Cmdlets.*'
        $failed[1].TargetObject | Should -Be 'a['
    }

    It 'of nobody start nothing: <_>' -ForEach 'Get-HostedSite', 'Test-SiteHealth', 'Get-SiteFailoverPlan', 'Get-SiteFailoverHistory', 'Invoke-SiteFailover', 'Undo-SiteFailover', 'Resume-SiteFailover', 'Stop-HostingSandbox' {
        @() | & $_ | Should -BeNullOrEmpty
        $sandbox.IsRunning | Should -BeTrue
    }
}

Describe 'The common parameters of PowerShell' {
    BeforeAll { $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath }
    AfterAll { $env:HOSTINGOPS_INVENTORY = $null }

    It '-OutVariable and -PipelineVariable carry what was written' {
        $null = Get-HostedSite -OutVariable sites
        $sites.Name | Should -Be 'acme', 'bakery', 'clinic'
        Test-SiteHealth acme -Target All -PipelineVariable probe | ForEach-Object { $probe.HostName } | Sort-Object | Should -Be 'left', 'right'
        $null = Invoke-SiteFailover acme -Planned -Force -OutVariable moved
        $moved.Outcome | Should -Be 'Succeeded'
        $null = $moved | Undo-SiteFailover -Force
    }

    It '-PassThru gives what a silent cmdlet did' {
        Disable-SiteFailover acme Migration | Should -BeNullOrEmpty
        Enable-SiteFailover acme | Should -BeNullOrEmpty
        (Disable-SiteFailover acme Migration -PassThru | Enable-SiteFailover -PassThru).InventoryPath | Should -Be $sandbox.InventoryPath
        $own = New-Rehearsal
        ($own | Stop-HostingSandbox -PassThru).IsRunning | Should -BeFalse
        $own | Stop-HostingSandbox | Should -BeNullOrEmpty
    }

    It 'what comes out is of the OutputType: <Command>' -ForEach @(
        @{ Command = 'Get-HostedSite'; Script = { Get-HostedSite } }
        @{ Command = 'Test-SiteHealth'; Script = { Test-SiteHealth acme } }
        @{ Command = 'Get-SiteDnsTarget'; Script = { Get-SiteDnsTarget acme } }
        @{ Command = 'Set-SiteDnsTarget'; Script = { Set-SiteDnsTarget acme left -Force } }
        @{ Command = 'Get-SiteFailoverPlan'; Script = { Get-SiteFailoverPlan acme } }
        @{ Command = 'Invoke-SiteFailover'; Script = { Invoke-SiteFailover acme -Force -ErrorAction Ignore } }
        @{ Command = 'Undo-SiteFailover'; Script = { $null = Invoke-SiteFailover acme -Planned -Force; Undo-SiteFailover acme -Force } }
        @{ Command = 'Get-SiteFailoverHistory'; Script = { Get-SiteFailoverHistory } }
        @{ Command = 'Disable-SiteFailover'; Script = { Disable-SiteFailover acme Migration -PassThru } }
        @{ Command = 'Enable-SiteFailover'; Script = { Enable-SiteFailover acme -PassThru } }
        @{ Command = 'Test-HostingInventory'; Script = { Test-HostingInventory -Quiet; Set-Content (Join-Path $TestDrive 'bad.yml') 'version: 2'; Test-HostingInventory (Join-Path $TestDrive 'bad.yml') } }
        @{ Command = 'New-HostingInventory'; Script = { New-HostingInventory (Join-Path $TestDrive 'new/hosting.yml' | ForEach-Object { $null = New-Item (Split-Path $_) -ItemType Directory -Force; $_ }) -Force } }
        @{ Command = 'Start-HostingSandbox'; Script = { ($script:another = Start-HostingSandbox) } }
        @{ Command = 'Stop-HostingSandbox'; Script = { $script:another | Stop-HostingSandbox -PassThru } }
    ) {
        $types = (Get-Command $Command).OutputType.Type
        $given = @(& $Script)
        $given.Count | Should -BeGreaterThan 0
        foreach ($object in $given) {
            @($types | Where-Object { $_.IsInstanceOfType($object) }) | Should -HaveCount 1 -Because $object.GetType().FullName
        }
    }
}
