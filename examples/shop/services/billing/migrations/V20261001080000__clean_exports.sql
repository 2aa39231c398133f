TRUNCATE export_jobs;
